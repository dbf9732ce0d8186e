from django.db import migrations

WHO_ASKS_NOW = """
UPDATE inviting_takingpart
SET heard_by_id = (SELECT asker_id FROM inviting_invitee WHERE inviting_invitee.id = inviting_takingpart.invitee_id)
WHERE invitee_id IS NOT NULL
"""


class Migration(migrations.Migration):
    """What was said before this was written down was said to whoever asks now: nobody else could read it.

    A migration of its own: PostgreSQL changes no table that has rows changed in the same transaction."""

    dependencies = [("inviting", "0003_words_stay_with_the_one_who_asked")]

    operations = [migrations.RunSQL(WHO_ASKS_NOW, migrations.RunSQL.noop)]
