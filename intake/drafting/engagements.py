"""Drafts of engagements."""

from datetime import date

from modeltranslation.settings import AVAILABLE_LANGUAGES

from codelists.models import Country, Topic
from engagements.dates import Precision
from engagements.models import Engagement, EngagementStaff
from intake.drafting.context import Context, fill, matched
from intake.drafting.writing import Fact, at, save
from intake.review import Item
from intake.titles import engagement_title
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme


def draft_engagements(
    context: Context,
    profile: Profile | None,
    organisations: dict[str, Organisation],
    programmes: dict[str, Programme],
) -> None:
    """The engagements, each with the person in it."""
    for item in context.review["engagements"]:
        if not item["include"]:
            continue
        programme = programmes.get(item["programme"])
        partners = [organisations[name] for name in item["organisations"] if name in organisations]
        there = matched(Engagement, item) if item["match"] else _same_engagement(item, profile, programme)
        if there:
            context.writer.change(
                there,
                item,
                lambda one, item=item, programme=programme, partners=partners: _complete(
                    context, one, item, profile, programme, partners
                ),
            )
            continue
        engagement = _new(context, item, programme)
        context.writer.add(
            engagement,
            item,
            lambda one=engagement, item=item, partners=partners: _links(one, item, profile, partners),
        )


def _same_engagement(item: Item, profile: Profile | None, programme: Programme | None) -> Engagement | None:
    """The same piece of work, which somebody added while the article was reviewed."""
    if profile is None or item["year"] is None:
        return None
    same = Engagement._base_manager.filter(
        staff=profile,
        country=item["country"],
        programme=programme,
        kind=item["kind"],
        start_date__year=item["year"],
    )
    return same.order_by("pk").first()


def _new(context: Context, item: Item, programme: Programme | None) -> Engagement:
    engagement = Engagement(
        country_id=item["country"],
        programme=programme,
        kind=item["kind"],
        start_date=date(item["year"], 1, 1),
        start_precision=Precision.YEAR,
        sector_id=item["sector"] or None,
        source_url=context.review["interview"]["source_url"].strip(),
    )
    if item["to_year"]:
        engagement.end_date, engagement.end_precision = date(item["to_year"], 12, 31), Precision.YEAR
    _set_titles(context, engagement, item, programme)
    context.set_text(engagement, "summary", item["summary"].strip())
    return engagement


def _set_titles(context: Context, engagement: Engagement, item: Item, programme: Programme | None) -> None:
    """The title in every language where the editor left it as it was made; else as typed, and English as made."""
    country = Country.objects.filter(pk=item["country"]).first()
    name = programme.name_en if programme else ""
    made = {
        language: engagement_title(
            item["kind"], name, getattr(country, f"name_{language}", "") or item["country"], item["country"], language
        )
        for language in AVAILABLE_LANGUAGES
    }
    typed = item["title"].strip()
    if typed != made[context.language]:
        made = {"en": made["en"], context.language: typed}
    for language, title in made.items():
        setattr(engagement, f"title_{language}", title[: Engagement._meta.get_field("title").max_length])


def _complete(
    context: Context,
    engagement: Engagement,
    item: Item,
    profile: Profile | None,
    programme: Programme | None,
    partners: list[Organisation],
) -> list[Fact]:
    filled = [
        context.fill_text(engagement, "summary", item["summary"].strip()),
        fill(
            engagement,
            programme=programme,
            sector_id=item["sector"],
            source_url=context.review["interview"]["source_url"].strip(),
        ),
    ]
    if any(filled):
        save(engagement)
    return _links(engagement, item, profile, partners)


def _links(engagement: Engagement, item: Item, profile: Profile | None, partners: list[Organisation]) -> list[Fact]:
    engagement.topics.add(*Topic.objects.filter(slug__in=item["topics"]))
    engagement.partners.add(*partners)
    if profile is None:
        return []
    staff = EngagementStaff.objects.filter(engagement=engagement, profile=profile).first()
    if staff is None:
        staff = EngagementStaff(engagement=engagement, profile=profile, role=item["staff_role"])
        with at(item, instead="staff_role"):
            staff.full_clean()
        staff.save()
    return [(staff, item)]
