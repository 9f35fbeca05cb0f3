from intake.drafting.creating import create_drafts
from intake.drafting.undoing import WorkWouldBeLostError, take_back

__all__ = ["WorkWouldBeLostError", "create_drafts", "take_back"]
