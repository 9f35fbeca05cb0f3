"""What the admin pages of publishable records share."""

from publishing.admin.forms import OrderedStackedInline, PublishableForm
from publishing.admin.publishable import PublishableAdmin

__all__ = ["OrderedStackedInline", "PublishableAdmin", "PublishableForm"]
