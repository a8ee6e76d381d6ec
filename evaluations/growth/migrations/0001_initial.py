import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("clinic", "0001_initial"),
        ("cohorts", "0001_initial"),
        ("framework", "0001_initial"),
        ("logs", "0001_initial"),
        ("places", "0001_initial"),
        ("visits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GapPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("starts", models.DateField(verbose_name="开始日期")),
                ("ends", models.DateField(verbose_name="结束日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草拟"), ("agreed", "在做"), ("closed", "已结")],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "mentee_agreed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="学员同意"),
                ),
                (
                    "mentor_agreed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="师傅同意"),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="结束时间")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版次")),
                (
                    "carried_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="growth.gapplan",
                        verbose_name="接着哪一期",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gap_plans",
                        to="cohorts.cohort",
                        verbose_name="批次",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟定人",
                    ),
                ),
                (
                    "mentee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gap_plans",
                        to="cohorts.mentee",
                        verbose_name="学员",
                    ),
                ),
                (
                    "studio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.studio",
                        verbose_name="工作室",
                    ),
                ),
            ],
            options={
                "verbose_name": "补短板计划",
                "verbose_name_plural": "补短板计划",
                "ordering": ["-starts", "-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["agreed", "draft"])),
                        fields=("mentee",),
                        name="one_standing_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="plan_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "agreed", "closed"])), name="plan_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agreed"), _negated=True),
                            models.Q(("mentee_agreed_at__isnull", False), ("mentor_agreed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_agreed_by_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(("state", "closed"), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_closed_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="等级",
                    ),
                ),
                ("date", models.DateField(verbose_name="看到的日期")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("baseline", "能力摸底"),
                            ("log", "带教中看到"),
                            ("round", "考核评估"),
                            ("visit", "实地督训"),
                            ("case", "会诊中看到"),
                            ("self", "本人自评"),
                        ],
                        default="log",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                (
                    "document",
                    models.FileField(blank=True, editable=False, upload_to="ratings/", verbose_name="佐证文件"),
                ),
                ("document_name", models.CharField(blank=True, editable=False, max_length=120, verbose_name="文件名")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("round_id", models.UUIDField(blank=True, editable=False, null=True, verbose_name="评估")),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="撤回时间")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="cohorts.cohort",
                        verbose_name="批次",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="framework.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "log",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="logs.teachinglog",
                        verbose_name="日志",
                    ),
                ),
                (
                    "mentee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="cohorts.mentee",
                        verbose_name="学员",
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="定级人",
                    ),
                ),
                (
                    "studio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.studio",
                        verbose_name="工作室",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="framework.subject",
                        verbose_name="应知必会",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="visits.visit",
                        verbose_name="督训",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="clinic.case",
                        verbose_name="会诊单",
                    ),
                ),
            ],
            options={
                "verbose_name": "定级",
                "verbose_name_plural": "定级",
                "ordering": ["-date", "-created_at"],
                "indexes": [
                    models.Index(fields=["mentee", "indicator", "-date"], name="rating_by_mentee"),
                    models.Index(fields=["cohort", "date"], name="rating_by_cohort_and_date"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="rating_in_range"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("log__isnull", False),
                            ("visit__isnull", False),
                            ("case__isnull", False),
                            models.Q(("document", ""), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rating_has_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["baseline", "log", "round", "visit", "case", "self"])),
                        name="rating_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("indicator__isnull", False), ("subject", None)),
                            models.Q(
                                ("indicator", None),
                                ("round_id__isnull", False),
                                ("source", "round"),
                                ("subject__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rating_of_an_indicator_or_by_a_round",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("subject__isnull", False), ("undone_at", None)),
                        fields=("mentee", "subject", "round_id"),
                        name="one_standing_level_a_round",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GapRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("order", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "level_now",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="现在",
                    ),
                ),
                (
                    "target",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="目标",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("follow", "跟师"), ("course", "选训"), ("practice", "实做"), ("study", "自学")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("action", models.CharField(max_length=200, verbose_name="怎么做")),
                (
                    "evidence",
                    models.CharField(blank=True, help_text="做成了，拿什么来看", max_length=120, verbose_name="佐证"),
                ),
                ("due", models.DateField(verbose_name="期限")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "达成"),
                            ("partly", "部分达成"),
                            ("missed", "未达成"),
                            ("carried", "转入下一期"),
                        ],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("result_note", models.CharField(blank=True, max_length=120, verbose_name="结果说明")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="framework.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="growth.gapplan",
                        verbose_name="补短板计划",
                    ),
                ),
                (
                    "studio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.studio"
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="growth.rating",
                        verbose_name="短板依据",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.casecard",
                        verbose_name="可以看的案例卡",
                    ),
                ),
            ],
            options={
                "verbose_name": "短板",
                "verbose_name_plural": "短板",
                "ordering": ["plan", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="gap_place_once"),
                    models.UniqueConstraint(fields=("plan", "indicator"), name="gap_indicator_once"),
                    models.CheckConstraint(condition=models.Q(("order__range", (1, 5))), name="gaps_up_to_five"),
                    models.CheckConstraint(condition=models.Q(("target__range", (1, 5))), name="gap_target_in_range"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level_now", None),
                            models.Q(("level_now__gte", 1), ("target__gt", models.F("level_now"))),
                            _connector="OR",
                        ),
                        name="gap_target_above_now",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["follow", "course", "practice", "study"])),
                        name="gap_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["", "reached", "partly", "missed", "carried"])),
                        name="gap_result_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleDraw",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("seed", models.CharField(max_length=40, verbose_name="种子")),
                ("rule", models.JSONField(help_text="从哪天到哪天、抽几篇、池里几篇、池的摘要", verbose_name="规则")),
                ("drawn", models.JSONField(verbose_name="抽到的")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="cohorts.cohort",
                        verbose_name="批次",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
                    ),
                ),
                (
                    "studio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.studio",
                        verbose_name="工作室",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查",
                "verbose_name_plural": "抽查",
                "ordering": ["-created_at"],
                "constraints": [models.UniqueConstraint(fields=("cohort", "seed"), name="seed_used_once")],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "answer",
                    models.CharField(
                        choices=[("confirmed", "说的一致"), ("different", "说的有出入"), ("unreached", "没有联系上")],
                        max_length=10,
                        verbose_name="回访结果",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("asked_on", models.DateField(verbose_name="回访日期")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回访人",
                    ),
                ),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="logs.teachinglog",
                        verbose_name="日志",
                    ),
                ),
                (
                    "mentee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.mentee",
                        verbose_name="学员",
                    ),
                ),
                (
                    "studio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.studio",
                        verbose_name="工作室",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="growth.sampledraw",
                        verbose_name="抽查",
                    ),
                ),
            ],
            options={
                "verbose_name": "回访",
                "verbose_name_plural": "回访",
                "ordering": ["-asked_on", "-created_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "log", "mentee"), name="asked_once_a_draw"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["confirmed", "different", "unreached"])), name="answer_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "different"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="difference_is_told",
                    ),
                ],
            },
        ),
    ]
