import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cohorts', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几稿')),
                ('method', models.CharField(choices=[('solved', '智能配对'), ('first_come', '先到先得'), ('random', '随机'), ('copied', '另存一稿')], max_length=12, verbose_name='怎么来的')),
                ('status', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('set_aside', '已搁置')], default='draft', max_length=10, verbose_name='状态')),
                ('weights', models.JSONField(default=dict, verbose_name='权重')),
                ('seed', models.BigIntegerField(blank=True, null=True, verbose_name='随机种子')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.proposal', verbose_name='从哪一稿来')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='cohorts.cohort', verbose_name='批次')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁做的')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '结对方案',
                'verbose_name_plural': '结对方案',
                'ordering': ['cohort', '-number'],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='proposal_number_once'), models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('cohort',), name='one_published_proposal'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('published_by__isnull', False), ('status', 'published')), models.Q(models.Q(('status', 'published'), _negated=True), ('published_at', None), ('published_by', None)), _connector='OR'), name='published_says_when_and_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('pinned', models.BooleanField(default=False, verbose_name='锁定')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='匹配分')),
                ('parts', models.JSONField(default=list, verbose_name='依据')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.mentee', verbose_name='学员')),
                ('mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.mentor', verbose_name='带教书记')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='matching.proposal', verbose_name='结对方案')),
            ],
            options={
                'verbose_name': '安排',
                'verbose_name_plural': '安排',
                'ordering': ['proposal', 'mentor__order', 'mentee__secretary__sort_key', 'id'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'mentee'), name='placed_once'), models.CheckConstraint(condition=models.Q(('mentor__isnull', False), models.Q(('pinned', False), ('score', None)), _connector='OR'), name='unplaced_has_no_pin_or_score'), models.CheckConstraint(condition=models.Q(('score', None), ('score__lte', 100), _connector='OR'), name='placement_score_to_100')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.SlugField(max_length=20)),
                ('before', models.JSONField(default=list)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='matching.proposal')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
            ],
            options={
                'ordering': ['proposal', 'number'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='step_once')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('side', models.CharField(choices=[('mentor', '师傅'), ('mentee', '徒弟')], max_length=8, verbose_name='谁的意愿')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='第几志愿')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='cohorts.cohort', verbose_name='批次')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='cohorts.mentee', verbose_name='学员')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='cohorts.mentor', verbose_name='带教书记')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '意愿',
                'verbose_name_plural': '意愿',
                'ordering': ['cohort', 'side', 'rank'],
                'constraints': [models.UniqueConstraint(fields=('side', 'mentor', 'mentee'), name='wish_once'), models.UniqueConstraint(condition=models.Q(('side', 'mentee')), fields=('mentee', 'rank'), name='mentee_rank_once'), models.UniqueConstraint(condition=models.Q(('side', 'mentor')), fields=('mentor', 'rank'), name='mentor_rank_once'), models.CheckConstraint(condition=models.Q(('rank__range', (1, 3))), name='wish_rank_1_to_3')],
            },
        ),
        migrations.CreateModel(
            name='Bar',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('kind', models.CharField(choices=[('line', '有直接领导关系'), ('conflict', '有利害关系')], max_length=10, verbose_name='回避原因')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='说明')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bars', to='cohorts.cohort', verbose_name='批次')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bars', to='cohorts.mentee', verbose_name='学员')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bars', to='cohorts.mentor', verbose_name='带教书记')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '回避',
                'verbose_name_plural': '回避',
                'ordering': ['cohort', 'mentor', 'mentee'],
                'constraints': [models.UniqueConstraint(fields=('mentor', 'mentee'), name='bar_once')],
            },
        ),
    ]
