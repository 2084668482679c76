from wagtail import hooks

from register.viewsets import DebateViewSet


@hooks.register("register_admin_viewset")
def register_debates() -> DebateViewSet:
    return DebateViewSet("debates")
