import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='说明')),
                ('scale', models.JSONField(default=list, help_text='五个等级，各有中文名和英文名', verbose_name='等级名称')),
                ('locked', models.BooleanField(default=False, help_text='启用后不再改动，要改就出新版', verbose_name='已启用')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frameworks', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '应知必会',
                'verbose_name_plural': '应知必会',
                'ordering': ['studio', '-version'],
                'constraints': [models.UniqueConstraint(fields=('studio', 'version'), name='framework_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('code', models.CharField(max_length=6, verbose_name='代码')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('name_en', models.CharField(max_length=80, verbose_name='英文名')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '指标',
                'verbose_name_plural': '指标',
                'ordering': ['subject', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='等级')),
                ('description', models.CharField(max_length=120, verbose_name='表现')),
                ('description_en', models.CharField(max_length=160, verbose_name='英文表现')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='framework.indicator', verbose_name='指标')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '等级表现',
                'verbose_name_plural': '等级表现',
                'ordering': ['indicator', 'level'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'level'), name='level_once'), models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='level_in_range')],
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('code', models.CharField(max_length=4, verbose_name='代码')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('name_en', models.CharField(max_length=60, verbose_name='英文名')),
                ('short_name', models.CharField(max_length=8, verbose_name='短名')),
                ('short_name_en', models.CharField(max_length=20, verbose_name='英文短名')),
                ('weight', models.PositiveSmallIntegerField(verbose_name='权重')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='framework.framework', verbose_name='应知必会')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '领域',
                'verbose_name_plural': '领域',
                'ordering': ['framework', 'order'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'code'), name='subject_code_once')],
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='framework.subject', verbose_name='领域'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('subject', 'code'), name='indicator_code_once'),
        ),
    ]
