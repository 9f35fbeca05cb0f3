"""Numbers of public engagements, kept as they change: so that a page costs the same however many there are.

What an engagement counts for follows from the record alone (`facts`). `counting` brings the tables up to date in the
transaction of every change: it takes the differences to what an engagement was last counted as, which the tables
remember, so it is right whatever was changed and however often it is called. `rebuilding` makes all anew, `reading`
answers what pages ask. Whether programmes, colleagues and partners are public is not in the numbers: that is asked when
they are read.
"""
