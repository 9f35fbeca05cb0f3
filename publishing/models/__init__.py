from publishing.models.journal import Action, Transition
from publishing.models.presence import Presence
from publishing.models.publishable import Publishable, Status
from publishing.models.versions import Version, WorkingDraft

__all__ = ["Action", "Presence", "Publishable", "Status", "Transition", "Version", "WorkingDraft"]
