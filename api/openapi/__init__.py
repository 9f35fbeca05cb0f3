"""The OpenAPI document, which describes the API to programs, and the reference page made from it."""
