import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inviting", "0002_letter_caller_person"),
        ("processes", "0003_pause"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="takingpart",
            name="heard_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="takingpart",
            name="invitee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ways_of_taking_part",
                to="inviting.invitee",
            ),
        ),
        migrations.AddConstraint(
            model_name="takingpart",
            constraint=models.UniqueConstraint(
                fields=("invitee", "heard_by"), name="one_way_of_taking_part_per_asker"
            ),
        ),
    ]
