"""Organisations as an article names them, each under one name: in full, by its acronym, or in another language."""

from typing import Any

from intake.findings import Evidence, Proposals
from intake.gazetteers.organisations import is_office
from intake.names import apart

Item = dict[str, Any]


class OrganisationNames:
    """The organisations of an article, by the names that the review has for them.

    `matches` are the numbers of those that the portal has, by the names of the article; names with one number are of
    one organisation. What the article calls the person's own office is none, once the office is known.
    """

    def __init__(self, proposals: Proposals, matches: dict[str, int], office_is_known: bool):
        self.matches = matches
        self.found: dict[str, Item] = {}
        self._names: dict[str, str] = {}
        self._by_number: dict[int, str] = {}
        interview = proposals.interview
        said = [found.value for found in (interview.unit, interview.office) if found and office_is_known]
        self._offices = {_folded(each) for each in (*said, ", ".join(said))} - {""}
        for one in proposals.organisations:
            own = self.name(one.name, one.acronym)
            if own:
                item = self.found[own]
                item["kind"] = item["kind"] or one.kind
                item["country"] = item["country"] or one.country
                self.add_evidence(own, [[each.sentence.start, each.sentence.end] for each in _once(one.evidence)])

    def name(self, said: str, acronym: str = "") -> str:
        """The one name of the organisation that the article calls so, which is taken up; "" for an office of the ILO.

        Offices have records of their own kind. One that the portal has as an organisation is one all the same.
        """
        if not said or _folded(said) in self._offices or (is_office(said) and said not in self.matches):
            return ""
        full, in_brackets = apart(said)
        acronym = acronym or in_brackets
        match = self.matches.get(said)
        known = (self._names.get(_folded(each)) for each in (said, full, acronym) if each)
        own = next(filter(None, known), None) or self._by_number.get(match or 0)
        if own is None:
            own = full
            self.found[own] = {
                "match": match,
                "name": full,
                "acronym": acronym,
                "kind": "",
                "country": "",
                "evidence": [],
            }
        for each in filter(None, (said, full, acronym)):
            self._names.setdefault(_folded(each), own)
        if match:
            self._by_number.setdefault(match, own)
        return own

    def add_evidence(self, own: str, places: list[list[int]]) -> None:
        """Note where the organisation is named, each place once."""
        evidence = self.found[own]["evidence"]
        evidence += [place for place in places if place not in evidence]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _once(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    return list({each.sentence: each for each in evidence}.values())
