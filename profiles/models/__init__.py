"""Staff profiles: who works on cooperatives, their education, career and interviews."""

from profiles.models.career import CareerStep, Education, Position
from profiles.models.interviews import Exchange, Interview, InterviewPhoto, Series
from profiles.models.profiles import Profile, ProfileLink

__all__ = [
    "CareerStep",
    "Education",
    "Exchange",
    "Interview",
    "InterviewPhoto",
    "Position",
    "Profile",
    "ProfileLink",
    "Series",
]
