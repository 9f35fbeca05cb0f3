"""Something to read at a portal that is served. Run as `python -m tests.faults.content`."""

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - Django has to be set up first
from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.db import transaction  # noqa: E402

from codelists.models import Country  # noqa: E402
from tests.factories import (  # noqa: E402
    EngagementFactory,
    EngagementStaffFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

PASSWORD = "a-long-password"
BY_SERVED = PBKDF2PasswordHasher()  # as the settings under which the portal is served know passwords
ENGAGEMENTS = 60

if __name__ == "__main__":
    for factory in (EngagementFactory, OfficeFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory):
        factory.reset_sequence(1000)  # other tests have had records of the first numbers
    with transaction.atomic():
        for name in ("head", "secretary"):
            user = get_user_model()(username=name, is_staff=True, is_superuser=True)
            user.password = BY_SERVED.encode(PASSWORD, BY_SERVED.salt())
            user.save()
        office, countries = OfficeFactory(), list(Country.objects.order_by("pk")[:30])
        people = [ProfileFactory(office=office) for _number in range(20)]
        programmes = [ProgrammeFactory() for _number in range(6)]
        for number in range(12):
            OrganisationFactory(country=countries[number])
        for number in range(ENGAGEMENTS):
            engagement = EngagementFactory(
                country=countries[number % len(countries)],
                programme=programmes[number % len(programmes)],
                title_en=f"Training of dairy cooperatives {number}",
            )
            EngagementStaffFactory(engagement=engagement, profile=people[number % len(people)])
