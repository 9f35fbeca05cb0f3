"""What countries, regions, programmes, topics and sectors are called in articles, in English, Spanish and French.

The lists are the CSV files in `data/`, whose README says where each comes from. Here they become entries: a phrase,
what it stands for and how it must be written.
"""
