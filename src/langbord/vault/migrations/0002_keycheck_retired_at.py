from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.AddField("keycheck", "retired_at", models.DateTimeField(null=True)),
    ]
