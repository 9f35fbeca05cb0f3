"""The links of records to other sites: which there are, whether they work, which records use the broken ones."""
