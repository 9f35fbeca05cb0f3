"""The floor: a view that says hello, under what `django-admin startproject` sets up. No Django page can be faster."""
