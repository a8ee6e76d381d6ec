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
        ('framework', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('title', models.CharField(max_length=60, verbose_name='课名')),
                ('title_en', models.CharField(blank=True, max_length=100, verbose_name='英文课名')),
                ('teacher', models.CharField(blank=True, max_length=60, verbose_name='主讲人')),
                ('hours', models.DecimalField(decimal_places=1, default=6, max_digits=5, validators=[django.core.validators.MinValueValidator(0.5)], verbose_name='学时')),
                ('capacity', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1)], verbose_name='名额')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='教室或地点')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('indicators', models.ManyToManyField(blank=True, related_name='+', to='framework.indicator', verbose_name='指标')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.subject', verbose_name='领域')),
            ],
            options={
                'verbose_name': '选训课',
                'verbose_name_plural': '选训课',
                'ordering': ['session', 'order', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('kind', models.CharField(choices=[('class', '集中培训课'), ('elective', '双月选训'), ('base', '基地教学'), ('group', '小组课'), ('mutual', '师徒互学'), ('ceremony', '仪式'), ('supervised', '实地督训'), ('clinic', '会诊日'), ('assessment', '考核评估'), ('review_window', '复核受理'), ('promotion', '评审会'), ('publicity', '公示'), ('other', '其他')], max_length=14, verbose_name='种类')),
                ('track', models.CharField(blank=True, choices=[('intensive', '集中培训'), ('elective', '双月选训'), ('supervised', '实地督训'), ('small_class', '小班带训')], max_length=12, verbose_name='四训')),
                ('title', models.CharField(max_length=80, verbose_name='题目')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='英文题目')),
                ('date', models.DateField(verbose_name='日期')),
                ('last_date', models.DateField(verbose_name='最后一天')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='几点开始')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='几点结束')),
                ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0.5)], verbose_name='学时')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='地点')),
                ('teacher', models.CharField(blank=True, max_length=60, verbose_name='其他主讲人')),
                ('method', models.CharField(blank=True, max_length=40, verbose_name='教学方式')),
                ('materials', models.TextField(blank=True, verbose_name='材料和准备')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, help_text='不限就空着', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='名额')),
                ('choose_by', models.DateField(blank=True, help_text='这一天过完之前都可以改', null=True, verbose_name='选课截止')),
                ('state', models.CharField(choices=[('planned', '已排'), ('held', '已办'), ('cancelled', '已取消')], default='planned', editable=False, max_length=10, verbose_name='状态')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=120, verbose_name='取消原因')),
                ('allocated_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='选课分配时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='places.base', verbose_name='教学基地')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='cohorts.cohort', verbose_name='批次')),
                ('groups', models.ManyToManyField(blank=True, related_name='group_sessions', to='cohorts.mentor', verbose_name='哪几位师傅的徒弟')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted', to='cohorts.mentor', verbose_name='主讲师傅')),
                ('indicators', models.ManyToManyField(blank=True, related_name='+', to='framework.indicator', verbose_name='指标')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.subject', verbose_name='领域')),
            ],
            options={
                'verbose_name': '培训安排',
                'verbose_name_plural': '培训安排',
                'ordering': ['date', 'starts_at', 'title', 'id'],
                'indexes': [models.Index(fields=['cohort', 'date'], name='session_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['class', 'elective', 'base', 'group', 'mutual', 'ceremony', 'supervised', 'clinic', 'assessment', 'review_window', 'promotion', 'publicity', 'other'])), name='session_kind_known'), models.CheckConstraint(condition=models.Q(('track__in', ['', 'intensive', 'elective', 'supervised', 'small_class'])), name='session_track_known'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'cancelled'])), name='session_state_known'), models.CheckConstraint(condition=models.Q(('last_date__gte', models.F('date'))), name='session_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('ends_at', None), ('starts_at', None)), models.Q(('ends_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='session_has_both_times'), models.CheckConstraint(condition=models.Q(('starts_at', None), ('last_date__gt', models.F('date')), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='session_times_in_order'), models.CheckConstraint(condition=models.Q(('hours', None), ('hours__gt', 0), _connector='OR'), name='session_hours_positive'), models.CheckConstraint(condition=models.Q(('hours', None), models.Q(('track', ''), _negated=True), _connector='OR'), name='session_hours_have_a_track'), models.CheckConstraint(condition=models.Q(('capacity', None), ('capacity__gte', 1), _connector='OR'), name='session_capacity_positive'), models.CheckConstraint(condition=models.Q(('choose_by', None), models.Q(('choose_by__lte', models.F('date')), ('kind', 'elective')), _connector='OR'), name='session_choose_by_before'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='cancelled_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('state', models.CharField(choices=[('placed', '已录取'), ('waiting', '候补'), ('left', '已退选')], max_length=8, verbose_name='状态')),
                ('rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='第几志愿')),
                ('position', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='候补次序')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.course', verbose_name='选训课')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='cohorts.mentee', verbose_name='学员')),
                ('placed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='安排的人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.session', verbose_name='双月选训')),
            ],
            options={
                'verbose_name': '选课结果',
                'verbose_name_plural': '选课结果',
                'ordering': ['session', 'course', 'state', 'position', 'mentee'],
                'constraints': [models.UniqueConstraint(fields=('mentee', 'course'), name='enrolment_once_a_course'), models.UniqueConstraint(condition=models.Q(('state', 'placed')), fields=('mentee', 'session'), name='one_place_a_session'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('course', 'position'), name='one_turn_a_position'), models.CheckConstraint(condition=models.Q(('state__in', ['placed', 'waiting', 'left'])), name='enrolment_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('position__gte', 1), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('position', None)), _connector='OR'), name='only_waiting_has_a_position')],
            },
        ),
        migrations.AddField(
            model_name='course',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='training.session', verbose_name='双月选训'),
        ),
        migrations.CreateModel(
            name='BaseBooking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('date', models.DateField(verbose_name='日期')),
                ('half', models.CharField(choices=[('morning', '上午'), ('afternoon', '下午'), ('evening', '晚上')], max_length=9, verbose_name='半天')),
                ('other', models.UUIDField(blank=True, editable=False, null=True)),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='占用的事')),
                ('base', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='places.base', verbose_name='教学基地')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='training.session', verbose_name='培训安排')),
            ],
            options={
                'verbose_name': '基地占用',
                'verbose_name_plural': '基地占用',
                'ordering': ['date', 'half'],
                'constraints': [models.UniqueConstraint(fields=('base', 'date', 'half'), name='base_taken_once'), models.CheckConstraint(condition=models.Q(('half__in', ['morning', 'afternoon', 'evening'])), name='booking_half_known'), models.CheckConstraint(condition=models.Q(models.Q(('other', None), ('session__isnull', False), ('title', '')), models.Q(('other__isnull', False), ('session', None), models.Q(('title', ''), _negated=True)), _connector='OR'), name='booking_for_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('state', models.CharField(choices=[('present', '出席'), ('leave', '请假'), ('duty', '公差'), ('absent', '缺席')], max_length=8, verbose_name='出勤')),
                ('reason', models.CharField(blank=True, max_length=120, verbose_name='事由')),
                ('source', models.CharField(choices=[('asked', '本人事先请假'), ('qr', '扫码签到'), ('list', '现场名单'), ('paper', '纸质签到表'), ('settled', '工作室核定')], max_length=8, verbose_name='依据')),
                ('hours', models.DecimalField(decimal_places=1, default=0, max_digits=5, verbose_name='学时')),
                ('disputed', models.BooleanField(default=False, verbose_name='两处不一致')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_attendance', to='cohorts.mentee', verbose_name='学员')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
                ('make_up', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_up', to='training.session', verbose_name='补课')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='training.session', verbose_name='培训安排')),
            ],
            options={
                'verbose_name': '出勤记录',
                'verbose_name_plural': '出勤记录',
                'ordering': ['session', 'mentee'],
                'constraints': [models.UniqueConstraint(fields=('session', 'mentee'), name='attendance_once'), models.UniqueConstraint(condition=models.Q(('make_up__isnull', False)), fields=('mentee', 'make_up'), name='made_up_once_by_a_session'), models.CheckConstraint(condition=models.Q(('state__in', ['present', 'leave', 'duty', 'absent'])), name='attendance_state_known'), models.CheckConstraint(condition=models.Q(('source__in', ['asked', 'qr', 'list', 'paper', 'settled'])), name='attendance_source_known'), models.CheckConstraint(condition=models.Q(('hours', 0), models.Q(('hours__gt', 0), ('state', 'present')), models.Q(('hours__gt', 0), ('make_up__isnull', False)), _connector='OR'), name='hours_for_being_there'), models.CheckConstraint(condition=models.Q(('make_up', None), models.Q(models.Q(('state', 'present'), _negated=True), models.Q(('make_up', models.F('session')), _negated=True)), _connector='OR'), name='only_missed_is_made_up')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='第几志愿')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='training.course', verbose_name='选训课')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.mentee', verbose_name='学员')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='training.session', verbose_name='双月选训')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '选课志愿',
                'verbose_name_plural': '选课志愿',
                'ordering': ['session', 'mentee', 'rank'],
                'constraints': [models.UniqueConstraint(fields=('mentee', 'session', 'rank'), name='elective_wish_rank_once'), models.UniqueConstraint(fields=('mentee', 'session', 'course'), name='elective_wish_course_once'), models.CheckConstraint(condition=models.Q(('rank__range', (1, 3))), name='elective_wish_rank_1_to_3')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('source', models.CharField(choices=[('asked', '本人事先请假'), ('qr', '扫码签到'), ('list', '现场名单'), ('paper', '纸质签到表'), ('settled', '工作室核定')], max_length=8, verbose_name='依据')),
                ('state', models.CharField(choices=[('present', '出席'), ('leave', '请假'), ('duty', '公差'), ('absent', '缺席')], max_length=8, verbose_name='出勤')),
                ('reason', models.CharField(blank=True, max_length=120, verbose_name='事由')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('place', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='training.attendance', verbose_name='出勤记录')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '签到依据',
                'verbose_name_plural': '签到依据',
                'ordering': ['attendance', 'place'],
                'constraints': [models.UniqueConstraint(fields=('attendance', 'place'), name='mark_place_once'), models.CheckConstraint(condition=models.Q(('state__in', ['present', 'leave', 'duty', 'absent'])), name='mark_state_known'), models.CheckConstraint(condition=models.Q(('source__in', ['asked', 'qr', 'list', 'paper', 'settled'])), name='mark_source_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.UniqueConstraint(fields=('session', 'title'), name='course_once_a_session'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='course_hours_positive'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='course_capacity_positive'),
        ),
    ]
