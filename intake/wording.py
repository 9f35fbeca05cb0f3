"""Why the intake proposes something, in sentences for the editor."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    # Roles of countries, by cue.
    "degree": _("The sentence speaks of a degree, a thesis or a scholarship."),
    "studies": _("The sentence speaks of studies."),
    "career": _("The sentence tells of a job or of the career."),
    "worked": _("The sentence tells of work."),
    "post": _("The sentence tells of a post with the ILO."),
    "training-of-trainers": _("The sentence speaks of a training of trainers."),
    "training": _("The sentence speaks of training or of a workshop."),
    "pilot": _("The sentence speaks of a pilot or a test."),
    "adaptation": _("The sentence speaks of an adaptation or a translation."),
    "policy-advice": _("The sentence speaks of policy, law or a strategy."),
    "research": _("The sentence speaks of a study or an assessment."),
    "project": _("The sentence speaks of a project or of support."),
    "donor": _("The country is named as a donor."),
    "donor-after": _("The country is named as a donor."),
    "embassy": _("The country is named by its embassy or agency."),
    "origin": _("The country is named as an origin."),
    "origin-after": _("The country is named as an origin."),
    "people": _("Only people or things of the country are named."),
    "comparison": _("The country is named as an example or for comparison."),
    "event": _("The country is named as the place of an event or a journey."),
    "general": _("The sentence speaks of history or of figures."),
    # Roles of countries, by what the paragraph is about.
    "in-head": _("The country stands in the title, the post or the office."),
    "in-introduction": _("The country stands in the introduction."),
    "in-background": _("The country stands in the answer on the person's background."),
    "in-work": _("The country stands in an answer on the work at the ILO."),
    "in-general": _("The country stands in an answer on cooperatives in general."),
    "in-unknown": _("Nothing in the sentence says what the country is to the person."),
    "in-narrative": _("Nothing in the sentence says what the country is to the person."),
    "in-caption": _("The country stands in a caption."),
    # Engagements.
    "same-sentence": _("Country and programme stand in the same sentence."),
    "same-paragraph": _("Country and programme stand in the same paragraph."),
    "in-question": _("The country stands in the question, the programme in the answer."),
    "duty-station": _("The country is that of the person's office; the text names no other."),
    "caption": _("A caption says so."),
    "year-in-sentence": _("The year stands in the same sentence."),
    "year-nearby": _("The year stands in a sentence before."),
    "no-year": _("The text names no year."),
    "no-programme": _("The text names no programme for this work."),
    "told-several-times": _("The article says so in several places."),
}
