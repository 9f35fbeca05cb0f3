from intake.drafting.creating import create_drafts
from intake.drafting.undoing import WorkWouldBeLostError, losses, take_back

__all__ = ["WorkWouldBeLostError", "create_drafts", "losses", "take_back"]
