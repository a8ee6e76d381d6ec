import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import evaluations.assessments.models.schemes


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cohorts', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RaterTask',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('rater_type', models.CharField(choices=[('mentor', '师傅'), ('studio', '工作室'), ('subdistrict', '街镇'), ('residents', '居民代表'), ('peers', '学员互评'), ('self', '本人')], max_length=12, verbose_name='谁来评')),
                ('state', models.CharField(choices=[('open', '待评'), ('draft', '草稿'), ('submitted', '已交')], default='open', editable=False, max_length=10, verbose_name='状态')),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='来源说明')),
                ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='交来时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('entered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                ('rater', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rater_tasks', to=settings.AUTH_USER_MODEL, verbose_name='评分人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '评分任务',
                'verbose_name_plural': '评分任务',
                'ordering': ['sheet__mentee__secretary__sort_key', 'sheet', 'rater_type', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='为什么改')),
                ('weights', models.JSONField(default=evaluations.assessments.models.schemes.default_weights, verbose_name='权重')),
                ('level_scores', models.JSONField(default=evaluations.assessments.models.schemes.default_levels, verbose_name='等级换算分')),
                ('cut_excellent', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='优秀线（分）')),
                ('cut_good', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='良好线（分）')),
                ('cut_pass', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='合格线（分）')),
                ('quota', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='优秀比例上限（%）')),
                ('quota_small', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='不足20人时优秀比例上限（%）')),
                ('attendance_floor', models.PositiveSmallIntegerField(default=70, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='评优良的最低出勤率（%）')),
                ('missing', models.CharField(choices=[('spread', '缺的一项，权重由同一部分的其他项分担'), ('strict', '缺一项，总分就是“不完整”')], default='spread', max_length=8, verbose_name='缺项怎么算')),
                ('locked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='定稿时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='cohorts.cohort', verbose_name='批次')),
                ('made_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='制定人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '评分方案',
                'verbose_name_plural': '评分方案',
                'ordering': ['cohort', '-number'],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='scheme_number_once'), models.CheckConstraint(condition=models.Q(('cut_excellent__gt', models.F('cut_good')), ('cut_good__gt', models.F('cut_pass'))), name='scheme_cuts_descend'), models.CheckConstraint(condition=models.Q(('attendance_floor__lte', 100), ('cut_excellent__lte', 100), ('quota__lte', 100), ('quota_small__lte', 100)), name='scheme_percentages')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('kind', models.CharField(choices=[('half_year', '半年评估'), ('annual', '年度考核'), ('graduation', '出师考核')], max_length=12, verbose_name='种类')),
                ('starts', models.DateField(verbose_name='从哪天')),
                ('ends', models.DateField(verbose_name='到哪天')),
                ('due', models.DateField(verbose_name='哪天前评完')),
                ('status', models.CharField(choices=[('preparing', '准备'), ('reporting', '填报'), ('scoring', '评分'), ('summing', '汇总'), ('feedback', '反馈'), ('review', '复核'), ('archived', '归档')], default='preparing', editable=False, max_length=12, verbose_name='阶段')),
                ('computed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='汇总时间')),
                ('released_on', models.DateField(blank=True, editable=False, null=True, verbose_name='发布日期')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='结果指纹')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='cohorts.cohort', verbose_name='批次')),
                ('computed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='汇总人')),
                ('released_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('studio_rater', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='工作室由谁评分')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='assessments.scheme', verbose_name='评分方案')),
            ],
            options={
                'verbose_name': '考核',
                'verbose_name_plural': '考核',
                'ordering': ['-starts', 'kind'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='round_ends_after_start'), models.CheckConstraint(condition=models.Q(('due__gte', models.F('starts'))), name='round_due_after_start'), models.CheckConstraint(condition=models.Q(('status__in', ['preparing', 'reporting', 'scoring', 'summing', 'feedback', 'review', 'archived'])), name='round_status_known'), models.UniqueConstraint(condition=models.Q(('status', 'archived'), _negated=True), fields=('cohort', 'kind'), name='one_open_round_of_a_kind'), models.CheckConstraint(condition=models.Q(('released_by', None), models.Q(('computed_by__isnull', False), models.Q(('released_by', models.F('computed_by')), _negated=True)), _connector='OR'), name='round_released_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['archived', 'feedback', 'review']), _negated=True), models.Q(('released_by__isnull', False), ('released_on__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='round_released_is_signed')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=60, verbose_name='项目')),
                ('value', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='评分')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='assessments.ratertask', verbose_name='评分任务')),
            ],
            options={
                'verbose_name': '评分',
                'verbose_name_plural': '评分',
                'ordering': ['path'],
                'constraints': [models.UniqueConstraint(fields=('task', 'path'), name='score_once'), models.CheckConstraint(condition=models.Q(('value__range', (0, 100))), name='score_to_100')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('report', models.TextField(blank=True, verbose_name='述学')),
                ('reported_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='述学交来时间')),
                ('evidence', models.JSONField(default=dict, editable=False, verbose_name='系统清点')),
                ('counted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='清点时间')),
                ('total', models.DecimalField(blank=True, decimal_places=1, editable=False, max_digits=4, null=True, verbose_name='总分')),
                ('grade', models.CharField(blank=True, choices=[('excellent', '优秀'), ('good', '良好'), ('pass', '合格'), ('fail', '不合格')], editable=False, max_length=10, verbose_name='等次')),
                ('rank', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='位次')),
                ('notes', models.JSONField(default=list, editable=False, verbose_name='说明')),
                ('tree', models.JSONField(default=dict, editable=False, verbose_name='分数由来')),
                ('strength_1', models.CharField(blank=True, max_length=120, verbose_name='优点一')),
                ('strength_2', models.CharField(blank=True, max_length=120, verbose_name='优点二')),
                ('weakness', models.CharField(blank=True, max_length=120, verbose_name='不足')),
                ('suggestion', models.CharField(blank=True, max_length=120, verbose_name='建议')),
                ('talked_on', models.DateField(blank=True, null=True, verbose_name='反馈谈话日期')),
                ('talked_by', models.CharField(blank=True, max_length=60, verbose_name='谈话人')),
                ('review_until', models.DateField(blank=True, editable=False, null=True, verbose_name='复核受理到')),
                ('signed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='本人知悉')),
                ('own_words', models.TextField(blank=True, verbose_name='本人的话')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('commented_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评语由谁写')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='cohorts.mentee', verbose_name='学员')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='assessments.round', verbose_name='考核')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '考核表',
                'verbose_name_plural': '考核表',
                'ordering': ['round', 'mentee__secretary__sort_key', 'mentee'],
                'constraints': [models.UniqueConstraint(fields=('round', 'mentee'), name='sheet_once'), models.CheckConstraint(condition=models.Q(('total', None), ('total__range', (0, 100)), _connector='OR'), name='sheet_total_to_100'), models.CheckConstraint(condition=models.Q(('grade', ''), ('total__isnull', False), _connector='OR'), name='sheet_grade_needs_a_total'), models.CheckConstraint(condition=models.Q(('signed_at', None), ('talked_on__isnull', False), _connector='OR'), name='sheet_signed_after_talk'), models.CheckConstraint(condition=models.Q(models.Q(('review_until', None), ('talked_on', None)), ('review_until__gte', models.F('talked_on')), _connector='OR'), name='sheet_talk_opens_the_window')],
            },
        ),
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('filed_on', models.DateField(verbose_name='申请日期')),
                ('ground', models.TextField(max_length=600, verbose_name='理由')),
                ('answer_by', models.DateField(verbose_name='最晚答复')),
                ('state', models.CharField(choices=[('filed', '已受理'), ('upheld', '成立，已更正'), ('rejected', '不成立，维持')], default='filed', editable=False, max_length=10, verbose_name='状态')),
                ('path', models.CharField(blank=True, max_length=60, verbose_name='更正的项目')),
                ('part_before', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='该项原分')),
                ('part_after', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='该项更正为')),
                ('total_before', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='原总分')),
                ('total_after', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='更正后总分')),
                ('grade_before', models.CharField(blank=True, choices=[('excellent', '优秀'), ('good', '良好'), ('pass', '合格'), ('fail', '不合格')], max_length=10, verbose_name='原等次')),
                ('grade_after', models.CharField(blank=True, choices=[('excellent', '优秀'), ('good', '良好'), ('pass', '合格'), ('fail', '不合格')], max_length=10, verbose_name='更正后等次')),
                ('finding', models.TextField(blank=True, verbose_name='核查情况')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='决定日期')),
                ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人')),
                ('filed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='assessments.sheet', verbose_name='考核表')),
            ],
            options={
                'verbose_name': '复核申请',
                'verbose_name_plural': '复核申请',
                'ordering': ['-filed_on', '-created_at'],
                'constraints': [models.UniqueConstraint(fields=('sheet',), name='review_once_a_sheet'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('filed_by')), _negated=True), _connector='OR'), name='review_decided_by_another'), models.CheckConstraint(condition=models.Q(('state', 'filed'), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='review_decided_in_full'), models.CheckConstraint(condition=models.Q(('answer_by__gte', models.F('filed_on'))), name='review_answer_after_filing')],
            },
        ),
        migrations.AddField(
            model_name='ratertask',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='assessments.sheet', verbose_name='考核表'),
        ),
        migrations.CreateModel(
            name='VetoItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('kind', models.CharField(choices=[('discipline', '违纪'), ('accident', '负有责任的安全事故'), ('forged_log', '日志造假')], max_length=12, verbose_name='事项')),
                ('facts', models.TextField(max_length=600, verbose_name='事实和依据')),
                ('state', models.CharField(choices=[('raised', '待核实'), ('verified', '已核实'), ('dismissed', '查不属实')], default='raised', editable=False, max_length=10, verbose_name='状态')),
                ('finding', models.TextField(blank=True, verbose_name='核实情况')),
                ('raised_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vetoes', to='assessments.sheet', verbose_name='考核表')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核实人')),
            ],
            options={
                'verbose_name': '一票否决事项',
                'verbose_name_plural': '一票否决事项',
                'ordering': ['created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('verified_by', None), models.Q(('verified_by', models.F('raised_by')), _negated=True), _connector='OR'), name='veto_verified_by_another'), models.CheckConstraint(condition=models.Q(('state', 'raised'), ('verified_by__isnull', False), _connector='OR'), name='veto_settled_by_someone'), models.UniqueConstraint(condition=models.Q(('state', 'dismissed'), _negated=True), fields=('sheet', 'kind'), name='veto_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(verbose_name='哪一周（星期一）')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='assessments.round')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'person', 'week'), name='round_reminded_once_a_week')],
            },
        ),
        migrations.AddConstraint(
            model_name='ratertask',
            constraint=models.UniqueConstraint(fields=('sheet', 'rater_type', 'rater'), name='task_once'),
        ),
        migrations.AddConstraint(
            model_name='ratertask',
            constraint=models.UniqueConstraint(condition=models.Q(('rater', None)), fields=('sheet', 'rater_type'), name='task_from_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='ratertask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='task_submitted_has_time'),
        ),
        migrations.AddConstraint(
            model_name='ratertask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), ('rater__isnull', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='task_from_paper_names_its_source'),
        ),
    ]
