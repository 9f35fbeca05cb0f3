"""The benchmark: data sets of any size, the portal beside a floor and a naive list, and the goals it is judged by.

It drives the portal from outside and is no part of it: nothing imports this package.
"""
