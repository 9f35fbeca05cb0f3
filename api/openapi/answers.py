"""Answers of the OpenAPI document: header fields, problems, and what comes with every record or list."""

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457), in the language of the answer.",
    "properties": {
        "type": {"type": "string", "description": "Kind of problem: an address, or `about:blank`."},
        "title": {"type": "string", "description": "The kind in words."},
        "status": {"type": "integer", "description": "Status of the answer.", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong this time, and what to do."},
        "errors": {
            "type": "array",
            "description": "The parameters that cannot be used.",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string", "description": "Name of the parameter."},
                    "detail": {"type": "string", "description": "What is wrong with it, and what to do."},
                },
                "required": ["parameter", "detail"],
                "additionalProperties": False,
            },
        },
        "violated-policies": {
            "type": "array",
            "description": "Names of the limits that were passed, as in `RateLimit-Policy`.",
            "items": {"type": "string"},
        },
    },
    "required": ["type", "title", "status"],
    "additionalProperties": False,
}
PAGE = {"type": "string", "description": "The answer as a page for people."}

HEADERS = {
    "RateLimit-Policy": {
        "description": "How many requests (`q`) one address may make in how many seconds (`w`): "
        "draft-ietf-httpapi-ratelimit-headers.",
        "schema": {"type": "string", "pattern": r'^"default";q=\d+;w=\d+$'},
        "example": '"default";q=300;w=60',
    },
    "RateLimit": {
        "description": "How many requests are left (`r`) in the next seconds (`t`).",
        "schema": {"type": "string", "pattern": r'^"default";r=\d+;t=\d+$'},
        "example": '"default";r=299;t=60',
    },
    "Content-Language": {"description": "Language of the answer.", "schema": {"type": "string"}},
    "ETag": {
        "description": "Changes when anything public changes. Send it back as `If-None-Match`.",
        "schema": {"type": "string"},
    },
    "Last-Modified": {"description": "When anything public last changed.", "schema": {"type": "string"}},
    "Link": {
        "description": "The pages before and after, as `prev` and `next` (RFC 8288).",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds until the next request is answered.",
        "schema": {"type": "integer", "minimum": 1},
        "required": True,
    },
}
ALWAYS = ("RateLimit-Policy", "RateLimit", "Content-Language")

# Problems that requests may run into, by status: what it means.
PROBLEMS = {
    "400": "A parameter is not known or cannot be used. `errors` says which, why, and what to do.",
    "404": "There is nothing public at this address.",
    "406": "The answer does not exist in the format that the header `Accept` asks for.",
    "429": "Too many requests came from your address. Wait for the seconds that `Retry-After` says.",
}


def headers(*names: str) -> dict:
    """References to the header fields `names`."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem(status: str) -> dict:
    """The answer with the `status`, one of `PROBLEMS`, for the components of the document."""
    more = ("Retry-After",) if status == "429" else ()
    return {
        "description": PROBLEMS[status],
        "headers": headers(*ALWAYS, *more),
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
            "text/html": {"schema": PAGE},
        },
    }


def unchanged() -> dict:
    """The answer 304, for the components of the document."""
    return {
        "description": "Nothing has changed since the answer whose `ETag` or `Last-Modified` you sent.",
        "headers": headers("RateLimit-Policy", "RateLimit", "ETag", "Last-Modified"),
    }


def ok(description: str, schema: dict, *more: str) -> dict:
    """The answer 200 with the `schema`, and with the header fields `more` beside those of every answer."""
    return {
        "description": description,
        "headers": headers(*ALWAYS, "ETag", "Last-Modified", *more),
        "content": {"application/json": {"schema": schema}, "text/html": {"schema": PAGE}},
    }


def references(*statuses: str) -> dict:
    """References to the answers with these `statuses` among the components."""
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def components() -> dict:
    """What the functions above refer to."""
    return {
        "headers": HEADERS,
        "responses": {status: problem(status) for status in PROBLEMS} | {"304": unchanged()},
        "schemas": {"Problem": PROBLEM},
    }
