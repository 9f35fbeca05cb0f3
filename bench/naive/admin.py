"""The lists of the admin as `ModelAdmin` makes them, with the columns and filters that the portal's have."""

from django.contrib import admin

from engagements.models import Engagement
from profiles.models import Profile
from programmes.models import Programme

site = admin.AdminSite(name="naive")


@admin.register(Engagement, site=site)
class EngagementAdmin(admin.ModelAdmin):
    list_display = ("title", "country", "programme", "start_date", "activity_status", "status", "updated_at")
    list_filter = ("status", "kind", "activity_status", "country__region", "sector", "topics")
    search_fields = ("title", "summary", "country__name", "programme__name", "partners__name", "staff__family_name")


@admin.register(Profile, site=site)
class ProfileAdmin(admin.ModelAdmin):
    list_display = ("family_name", "given_name", "post_title", "office", "status", "updated_at")
    list_filter = ("status", "office", "topics", "languages")
    search_fields = ("given_name", "family_name", "post_title", "summary")


@admin.register(Programme, site=site)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "launch_year", "status", "updated_at")
    list_filter = ("status", "kind", "topics", "sectors")
    search_fields = ("name", "aim")
