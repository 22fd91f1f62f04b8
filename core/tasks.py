"""Jobs of this app."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from core.mail import deliver


@app.task(
    name="core.deliver_email",
    queue="mail",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
    pass_context=False,
)
def deliver_email(
    *,
    subject: str,
    text: str,
    html: str,
    sender: str,
    recipients: list[str],
    headers: dict[str, str],
) -> None:
    deliver(
        subject=subject,
        text=text,
        html=html,
        sender=sender,
        recipients=recipients,
        headers=headers,
    )
