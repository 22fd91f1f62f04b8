from django.db import migrations

FORWARD = """
CREATE FUNCTION assessments_refuse_frozen_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL AND (
        NEW.frozen_at, NEW.item_id, NEW.number, NEW.facet_id, NEW.stem, NEW.exhibit, NEW.image,
        NEW.image_text, NEW.options, NEW.settings, NEW.rationales, NEW.explanation
    ) IS DISTINCT FROM (
        OLD.frozen_at, OLD.item_id, OLD.number, OLD.facet_id, OLD.stem, OLD.exhibit, OLD.image,
        OLD.image_text, OLD.options, OLD.settings, OLD.rationales, OLD.explanation
    ) THEN
        RAISE EXCEPTION 'item version % was shown to a candidate and never changes', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'item_version_frozen_once_used';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_version_frozen_once_used BEFORE UPDATE ON assessments_itemversion
    FOR EACH ROW EXECUTE FUNCTION assessments_refuse_frozen_change();

CREATE FUNCTION assessments_refuse_scoring_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'keys and parameters never change: add a scoring version'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'part_scoring_never_changes';
END $$;
CREATE TRIGGER part_scoring_never_changes BEFORE UPDATE ON assessments_partscoring
    FOR EACH ROW EXECUTE FUNCTION assessments_refuse_scoring_change();
"""
BACKWARD = """
DROP TRIGGER part_scoring_never_changes ON assessments_partscoring;
DROP FUNCTION assessments_refuse_scoring_change();
DROP TRIGGER item_version_frozen_once_used ON assessments_itemversion;
DROP FUNCTION assessments_refuse_frozen_change();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
