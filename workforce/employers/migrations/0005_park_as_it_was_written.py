from django.db import migrations


class Migration(migrations.Migration):
    """The text that members wrote stays; they choose from the list when they next edit the plant."""

    dependencies = [("employers", "0004_search_version"), ("places", "0002_our_own_list_of_places")]

    operations = [migrations.RenameField("plant", "park", "park_name")]
