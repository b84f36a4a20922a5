"""The operators' back office: read and correct. Decisions about people are made by the command."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from allauth.socialaccount.admin import SocialTokenAdmin
from allauth.socialaccount.models import SocialToken
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from hanse.commons.people.models import Person

# The same door as everywhere: counted tries, passkeys, second proof.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Hanse"
admin.site.site_title = "Hanse"
# Groups give no rights here; the other two hold secrets that no operator needs to see. The modules
# that register them are imported above, so that this comes after.
OTHERS_IMPORTED = (GroupAdmin, AuthenticatorAdmin, SocialTokenAdmin)
admin.site.unregister([Group, Authenticator, SocialToken])


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    list_display = ["email", "name", "language", "is_active", "is_staff", "joined_at"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "timezone", "is_active", "is_staff", "last_login"]
    readonly_fields = ["email", "is_active", "is_staff", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False
