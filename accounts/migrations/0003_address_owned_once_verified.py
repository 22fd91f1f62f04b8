import django.db.models.functions.text
from django.db import migrations, models

LOWER_CASE = "UPDATE accounts_user SET email = lower(email) WHERE email <> lower(email)"


class Migration(migrations.Migration):
    """An address belongs to one account once it is verified, which allauth's own table enforces."""

    dependencies = [("accounts", "0002_consent_text_frozen")]

    operations = [
        migrations.RunSQL(LOWER_CASE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="user", name="user_email_once"),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="user_email_lower_case",
            ),
        ),
    ]
