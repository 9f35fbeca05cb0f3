"""What a site has left in a browser."""

from playwright.sync_api import Page

STORES = """async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((each) => each.name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
})"""
NOTHING_KEPT = {"cookies": [], "local": [], "session": [], "databases": [], "workers": 0, "caches": []}


def kept_of(page: Page) -> dict:
    """Cookies and the contents of every store that scripts of the page could use."""
    return {"cookies": page.context.cookies()} | page.evaluate(STORES)
