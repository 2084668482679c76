from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from accounts.protection import KeptPolicy
from register.models import Ground
from register.viewsets import DebateViewSet, GroundViewSet

register_permission_policy(Ground, KeptPolicy(Ground))


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    return [DebateViewSet("debates"), GroundViewSet("grounds")]
