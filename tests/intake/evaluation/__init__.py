"""How well the intake reads articles of which a person has written down what they say.

A set is a folder of articles: `NAME.txt` as it is pasted, and beside it `NAME.json`, the truth. `make eval-intake`
judges `tests/intake/articles`, or the folder that `ARTICLES` names.
"""
