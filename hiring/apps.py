from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self) -> None:
        from hiring import receivers  # noqa: F401  (connects itself to signals)
