import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cohorts', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='编号')),
                ('round', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(24)], verbose_name='第几轮')),
                ('date', models.DateField(verbose_name='督训日期')),
                ('unannounced', models.BooleanField(default=False, help_text='不发通知、不听汇报、直接到居民区（四不两直）', verbose_name='不打招呼')),
                ('branch_book', models.BooleanField(default=False, verbose_name='支部记录本')),
                ('rounds_book', models.BooleanField(default=False, verbose_name='走访记录')),
                ('emergency_plan', models.BooleanField(default=False, verbose_name='应急预案')),
                ('duty', models.BooleanField(default=False, verbose_name='值班情况')),
                ('households', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(500)], verbose_name='居民随访（户）')),
                ('also_looked_at', models.CharField(blank=True, max_length=120, verbose_name='还看了')),
                ('positives', models.TextField(blank=True, verbose_name='亮点')),
                ('overall', models.CharField(blank=True, choices=[('good', '好'), ('fair', '较好'), ('plain', '一般'), ('mend', '需整改')], max_length=8, verbose_name='总体')),
                ('mentee_statement', models.TextField(blank=True, verbose_name='本人说明')),
                ('stated_on', models.DateField(blank=True, editable=False, null=True, verbose_name='说明日期')),
                ('state', models.CharField(choices=[('planned', '已安排'), ('recorded', '待签字'), ('signed', '已签字'), ('cancelled', '已取消')], default='planned', editable=False, max_length=10, verbose_name='状态')),
                ('signed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='签字日期')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=120, verbose_name='取消原因')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='cohorts.cohort', verbose_name='批次')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.community', verbose_name='居民区（村）')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='cohorts.mentee', verbose_name='学员')),
                ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('signed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签字人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '督训',
                'verbose_name_plural': '督训',
                'ordering': ['-date', '-number'],
                'indexes': [models.Index(fields=['mentee', '-date'], name='visit_by_mentee')],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='visit_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'recorded', 'signed', 'cancelled'])), name='visit_state_known'), models.CheckConstraint(condition=models.Q(('overall__in', ['', 'good', 'fair', 'plain', 'mend'])), name='visit_overall_known'), models.CheckConstraint(condition=models.Q(('round__range', (1, 24))), name='visit_round_sensible'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['recorded', 'signed']), _negated=True), models.Q(models.Q(('positives', ''), _negated=True), models.Q(('overall', ''), _negated=True), ('recorded_by__isnull', False)), _connector='OR'), name='visit_made_says_strengths'), models.CheckConstraint(condition=models.Q(models.Q(('signed_by__isnull', False), ('signed_on__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_by', None), ('signed_on', None)), _connector='OR'), name='visit_signed_by_someone'), models.CheckConstraint(condition=models.Q(('signed_on', None), ('signed_on__gte', models.F('date')), _connector='OR'), name='visit_signed_after_it'), models.CheckConstraint(condition=models.Q(models.Q(('mentee_statement', ''), ('stated_on', None)), models.Q(models.Q(('mentee_statement', ''), _negated=True), ('state', 'signed'), ('stated_on__isnull', False)), _connector='OR'), name='visit_statement_after_signing'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='visit_cancelled_says_why')],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=30, verbose_name='姓名')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='visits.visit', verbose_name='督训')),
            ],
            options={
                'verbose_name': '督训人员',
                'verbose_name_plural': '督训人员',
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('visit', 'user'), name='goes_once_by_account'), models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('visit', 'name'), name='goes_once_by_name'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('user__isnull', False)), models.Q(('user', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='goes_as_account_or_name')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='序号')),
                ('found_on', models.DateField(editable=False, verbose_name='发现日期')),
                ('text', models.CharField(max_length=200, verbose_name='发现的问题')),
                ('level', models.CharField(choices=[('minor', '一般'), ('major', '较重')], default='minor', max_length=6, verbose_name='程度')),
                ('evidence', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('action', models.CharField(max_length=200, verbose_name='整改措施')),
                ('due', models.DateField(verbose_name='整改期限')),
                ('status', models.CharField(choices=[('open', '待整改'), ('doing', '整改中'), ('reported', '待验收'), ('closed', '已销号')], default='open', editable=False, max_length=10, verbose_name='状态')),
                ('reported_on', models.DateField(blank=True, editable=False, null=True, verbose_name='报告日期')),
                ('verified_on', models.DateField(blank=True, editable=False, null=True, verbose_name='销号日期')),
                ('reminded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='上次提醒')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.secretary', verbose_name='负责人')),
                ('reported_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报告人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='验收人')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='visits.visit', verbose_name='督训')),
            ],
            options={
                'verbose_name': '发现问题',
                'verbose_name_plural': '发现问题',
                'ordering': ['found_on', 'visit', 'number'],
                'indexes': [models.Index(fields=['studio', 'status', 'due'], name='finding_by_due')],
                'constraints': [models.UniqueConstraint(fields=('visit', 'number'), name='finding_number_once'), models.CheckConstraint(condition=models.Q(('level__in', ['minor', 'major'])), name='finding_level_known'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'doing', 'reported', 'closed'])), name='finding_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('action', ''), _negated=True)), name='finding_says_what_and_how'), models.CheckConstraint(condition=models.Q(('due__gte', models.F('found_on'))), name='finding_due_after_visit'), models.CheckConstraint(condition=models.Q(models.Q(('reported_by__isnull', False), ('reported_on__isnull', False), ('status__in', ['closed', 'reported'])), models.Q(models.Q(('status__in', ['closed', 'reported']), _negated=True), ('reported_by', None), ('reported_on', None)), _connector='OR'), name='finding_done_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), ('verified_by__isnull', False), ('verified_on__isnull', False)), models.Q(models.Q(('status', 'closed'), _negated=True), ('verified_by', None), ('verified_on', None)), _connector='OR'), name='finding_closed_by_someone'), models.CheckConstraint(condition=models.Q(('verified_by', None), models.Q(('verified_by', models.F('reported_by')), _negated=True), _connector='OR'), name='finding_closed_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('reported_on', None), ('reported_on__gte', models.F('found_on')), _connector='OR'), models.Q(('verified_on', None), ('verified_on__gte', models.F('reported_on')), _connector='OR')), name='finding_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('old_due', models.DateField(verbose_name='原来的期限')),
                ('new_due', models.DateField(verbose_name='延到哪一天')),
                ('reason', models.CharField(max_length=200, verbose_name='为什么要延期')),
                ('asked_on', models.DateField(verbose_name='申请日期')),
                ('state', models.CharField(choices=[('asked', '等答复'), ('granted', '同意'), ('declined', '没有同意')], default='asked', max_length=10, verbose_name='状态')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='答复日期')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='答复')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='visits.finding', verbose_name='发现问题')),
            ],
            options={
                'verbose_name': '延期申请',
                'verbose_name_plural': '延期申请',
                'ordering': ['asked_on', 'created_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('finding',), name='one_open_extension'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'declined'])), name='extension_state_known'), models.CheckConstraint(condition=models.Q(('new_due__gt', models.F('old_due'))), name='extension_is_later'), models.CheckConstraint(condition=models.Q(('asked_on__lte', models.F('old_due'))), name='extension_asked_before_due'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('decided_on', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='extension_decided_by_someone'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extension_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='extension_declined_says_why')],
            },
        ),
        migrations.CreateModel(
            name='FindingPhoto',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('kind', models.CharField(choices=[('found', '当时的样子'), ('mended', '改好的样子')], max_length=8, verbose_name='种类')),
                ('image', models.FileField(upload_to='findings/', verbose_name='照片')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='次序')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='visits.finding', verbose_name='发现问题')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '整改照片',
                'verbose_name_plural': '整改照片',
                'ordering': ['finding', 'kind', 'order'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'kind', 'order'), name='finding_photo_place_once'), models.CheckConstraint(condition=models.Q(('order__range', (1, 6))), name='finding_photos_up_to_six'), models.CheckConstraint(condition=models.Q(('kind__in', ['found', 'mended'])), name='finding_photo_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='FindingStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('kind', models.CharField(choices=[('progress', '写了进展'), ('reported', '报改好了'), ('returned', '退回再改'), ('closed', '验收销号'), ('asked', '申请延期'), ('granted', '同意延期'), ('refused', '没有同意延期')], max_length=10, verbose_name='种类')),
                ('text', models.TextField(blank=True, verbose_name='说明')),
                ('on', models.DateField(verbose_name='日期')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经手人')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='visits.finding', verbose_name='发现问题')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio')),
            ],
            options={
                'verbose_name': '整改经过',
                'verbose_name_plural': '整改经过',
                'ordering': ['on', 'created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['progress', 'reported', 'returned', 'closed', 'asked', 'granted', 'refused'])), name='finding_step_known')],
            },
        ),
    ]
