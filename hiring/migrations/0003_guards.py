from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

TRANSITIONS = """
CREATE FUNCTION hiring_refuse_transition_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever moved it may be erased; nothing else changes.
    IF NEW.moved_by_id IS NULL AND (
        NEW.id, NEW.application_id, NEW.from_stage, NEW.to_stage, NEW.moved_at, NEW.note,
        NEW.feedback, NEW.snapshot
    ) IS NOT DISTINCT FROM (
        OLD.id, OLD.application_id, OLD.from_stage, OLD.to_stage, OLD.moved_at, OLD.note,
        OLD.feedback, OLD.snapshot
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'stage transitions never change'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'transition_never_changes';
END $$;
CREATE TRIGGER transition_never_changes BEFORE UPDATE ON hiring_stagetransition
    FOR EACH ROW EXECUTE FUNCTION hiring_refuse_transition_change();

CREATE FUNCTION hiring_refuse_transition_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hiring_application WHERE id = OLD.application_id) THEN
        RAISE EXCEPTION 'a stage transition goes only with its application'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'transition_never_removed_alone';
    END IF;
    RETURN NULL;
END $$;
-- Deferred: rows that refer to an application are removed before it, in the same transaction.
CREATE CONSTRAINT TRIGGER transition_never_removed_alone AFTER DELETE ON hiring_stagetransition
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hiring_refuse_transition_removal();
"""
NO_TRANSITIONS = """
DROP TRIGGER transition_never_removed_alone ON hiring_stagetransition;
DROP FUNCTION hiring_refuse_transition_removal();
DROP TRIGGER transition_never_changes ON hiring_stagetransition;
DROP FUNCTION hiring_refuse_transition_change();
"""

WITHDRAWAL = """
CREATE FUNCTION hiring_refuse_sharing_when_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found_stage text;
BEGIN
    -- FOR SHARE waits for a withdrawal that is under way.
    SELECT stage INTO found_stage FROM hiring_application
        WHERE id = NEW.application_id FOR SHARE;
    IF found_stage = 'withdrawn' THEN
        RAISE EXCEPTION 'a withdrawn application shares nothing'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'withdrawn_shares_nothing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawn_shares_nothing BEFORE INSERT OR UPDATE ON hiring_sharedskill
    FOR EACH ROW EXECUTE FUNCTION hiring_refuse_sharing_when_withdrawn();
CREATE TRIGGER withdrawn_shares_nothing BEFORE INSERT OR UPDATE ON hiring_sharedmeasure
    FOR EACH ROW EXECUTE FUNCTION hiring_refuse_sharing_when_withdrawn();
CREATE TRIGGER withdrawn_shares_nothing BEFORE INSERT OR UPDATE ON hiring_sharedfact
    FOR EACH ROW EXECUTE FUNCTION hiring_refuse_sharing_when_withdrawn();

CREATE FUNCTION hiring_refuse_withdrawal_with_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hiring_sharedskill WHERE application_id = NEW.id)
        OR EXISTS (SELECT 1 FROM hiring_sharedmeasure WHERE application_id = NEW.id)
        OR EXISTS (SELECT 1 FROM hiring_sharedfact WHERE application_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a withdrawn application shares nothing'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'withdrawn_shares_nothing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawn_shares_nothing BEFORE UPDATE OF stage ON hiring_application
    FOR EACH ROW WHEN (NEW.stage = 'withdrawn')
    EXECUTE FUNCTION hiring_refuse_withdrawal_with_results();
"""
NO_WITHDRAWAL = """
DROP TRIGGER withdrawn_shares_nothing ON hiring_application;
DROP FUNCTION hiring_refuse_withdrawal_with_results();
DROP TRIGGER withdrawn_shares_nothing ON hiring_sharedfact;
DROP TRIGGER withdrawn_shares_nothing ON hiring_sharedmeasure;
DROP TRIGGER withdrawn_shares_nothing ON hiring_sharedskill;
DROP FUNCTION hiring_refuse_sharing_when_withdrawn();
"""

# The expression is the one that `icontains` asks for. An index in the model would need
# django.contrib.postgres among the installed apps.
SEARCH = """
CREATE INDEX applicants_name_search ON hiring_application
    USING gin (upper(candidate_name::text) gin_trgm_ops);
"""
NO_SEARCH = "DROP INDEX applicants_name_search;"


class Migration(migrations.Migration):
    dependencies = [("hiring", "0002_shared_facts_and_requirement_set")]
    operations = [
        TrigramExtension(),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.RunSQL(TRANSITIONS, NO_TRANSITIONS),
        migrations.RunSQL(WITHDRAWAL, NO_WITHDRAWAL),
    ]
