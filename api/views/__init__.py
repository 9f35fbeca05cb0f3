"""The API's addresses: lists, records, facets, search, and the page that leads to them."""
