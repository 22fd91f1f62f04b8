from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_refuse_consent_text_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM accounts_consent WHERE text_id = OLD.id) THEN
        RAISE EXCEPTION 'consent text % was agreed to and never changes', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'consent_text_frozen_once_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consent_text_frozen_once_agreed BEFORE UPDATE ON accounts_consenttext
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_consent_text_change();
"""
BACKWARD = """
DROP TRIGGER consent_text_frozen_once_agreed ON accounts_consenttext;
DROP FUNCTION accounts_refuse_consent_text_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
