from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "careers"

    def ready(self) -> None:
        from careers.actions import readiness  # noqa: F401  (connects its signal receiver)
