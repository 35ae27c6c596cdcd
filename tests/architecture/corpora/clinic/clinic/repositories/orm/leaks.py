import functools
import itertools
import operator
from collections import defaultdict, deque, namedtuple
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import django.apps
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Manager, Prefetch, QuerySet
from django.db.transaction import atomic as tx
from django.http import HttpRequest  # L305 clinic.repositories.orm.leaks
from django.shortcuts import get_object_or_404  # L305 clinic.repositories.orm.leaks

from clinic.models import Patient, Visit, Ward


@dataclass
class Wrapped:
    row: Any


class Pair(NamedTuple):
    left: Any
    right: Any


Box = namedtuple("Box", "content")


class Leaks:
    model = Patient
    everything = Patient.objects.all()  # L302 Leaks
    manager = Patient.objects  # L302 Leaks

    def __init__(self) -> None:
        self._model = Patient
        self._base = Patient.objects.select_related("ward")

    def a_get(self, pk: int) -> Any:
        return Patient.objects.get(pk=pk)  # L302 Leaks.a_get

    def b_via_self(self, pk: int) -> object:
        return self._model.objects.get(pk=pk)  # L302 Leaks.b_via_self

    def c_walrus(self, pk: int) -> Any:
        if (row := Patient.objects.filter(pk=pk).first()) is not None:
            return row  # L302 Leaks.c_walrus
        return None

    def d_match(self, key: Any) -> Any:
        match key:
            case int():
                found = self._base.get(pk=key)
            case _:
                found = None
        return found  # L302 Leaks.d_match

    def e_comprehension(self) -> list[Any]:
        return [row for row in self._base]  # L302 Leaks.e_comprehension

    def f_generator(self) -> Any:
        for row in self._base.iterator():
            yield row  # L302 Leaks.f_generator

    def g_yield_from(self) -> Any:
        yield from self._base  # L302 Leaks.g_yield_from

    async def h_async(self, pk: int) -> Any:
        return await Patient.objects.aget(pk=pk)  # L302 Leaks.h_async

    async def i_async_gen(self) -> Any:
        async for row in Patient.objects.all():
            yield row  # L302 Leaks.i_async_gen

    @property
    def j_property(self) -> Any:
        return self._base  # L302 Leaks.j_property

    @functools.cached_property
    def k_cached(self) -> Any:
        return list(self._base)  # L302 Leaks.k_cached

    @classmethod
    def l_class(cls) -> Any:
        return cls.model.objects.all()  # L302 Leaks.l_class

    @staticmethod
    def m_static(pk: int) -> Any:
        return Ward(name="x", pk=pk)  # L302 Leaks.m_static

    def n_lambda(self) -> Any:
        return lambda: self._base.all()  # L302 Leaks.n_lambda

    def o_partial(self) -> Any:
        return functools.partial(Patient.objects.get, pk=1)()  # L302 Leaks.o_partial

    def p_nested(self, pk: int) -> Any:
        def load():
            return Patient.objects.get(pk=pk)

        return load()  # L302 Leaks.p_nested

    def q_conditional(self, pk: int | None) -> Any:
        return Patient.objects.get(pk=pk) if pk else None  # L302 Leaks.q_conditional

    def r_dict(self) -> dict[str, Any]:
        return {"patient": Patient.objects.first(), "n": 1}  # L302 Leaks.r_dict

    def s_tuple(self) -> Any:
        return 1, self._base.last()  # L302 Leaks.s_tuple

    def t_dataclass(self) -> Wrapped:
        return Wrapped(row=self._base.last())  # L302 Leaks.t_dataclass

    def u_named(self) -> Pair:
        return Pair(1, self._base.earliest("pk"))  # L302 Leaks.u_named

    def v_namedtuple(self) -> Any:
        return Box(Patient.objects.latest("pk"))  # L302 Leaks.v_namedtuple

    def w_values(self) -> Any:
        return Patient.objects.values("id")  # L302 Leaks.w_values

    def x_in_bulk(self) -> Any:
        return Patient.objects.in_bulk([1])  # L302 Leaks.x_in_bulk

    def y_goc(self) -> Any:
        return Patient.objects.get_or_create(name="x")[0]  # L302 Leaks.y_goc

    def z_goc2(self) -> Any:
        row, _ = Patient.objects.update_or_create(name="x")
        return row  # L302 Leaks.z_goc2

    def aa_cast(self) -> object:
        return cast(object, self._base.get())  # L302 Leaks.aa_cast

    def ab_related(self, pk: int) -> Any:
        return Patient.objects.get(pk=pk).visits  # L302 Leaks.ab_related

    def ac_related_all(self, pk: int) -> Any:
        patient = self._base.get(pk=pk)
        return patient.visits.all()  # L302 Leaks.ac_related_all

    def ad_fk(self, pk: int) -> Any:
        return Visit.objects.select_related("patient").get(pk=pk).patient.ward  # L302 Leaks.ad_fk

    def ae_user(self, pk: int) -> Any:
        return get_user_model().objects.get(pk=pk)  # L302 Leaks.ae_user

    def af_getmodel(self, pk: int) -> Any:
        return django.apps.apps.get_model("clinic", "Ward")._default_manager.get(pk=pk)  # L302 Leaks.af_getmodel

    def ag_404(self, pk: int) -> Any:
        return get_object_or_404(Patient, pk=pk)  # L302 Leaks.ag_404

    def ah_paginator(self, page: int) -> Any:
        return Paginator(self._base, 20).page(page)  # L302 Leaks.ah_paginator

    def ai_chain(self) -> Any:
        return list(itertools.chain(Patient.objects.all(), Ward.objects.all()))  # L302 Leaks.ai_chain

    def aj_sorted(self) -> Any:
        return sorted(self._base, key=operator.attrgetter("name"))  # L302 Leaks.aj_sorted

    def ak_next(self) -> Any:
        return next(iter(self._base), None)  # L302 Leaks.ak_next

    def al_index(self) -> Any:
        return self._base[0]  # L302 Leaks.al_index

    def am_slice(self) -> Any:
        return self._base[:10]  # L302 Leaks.am_slice

    def an_union(self) -> Any:
        return self._base | Patient.objects.none()  # L302 Leaks.an_union

    def ao_append(self) -> Any:
        rows = []
        for row in self._base:
            rows.append(row)
        return rows  # L302 Leaks.ao_append

    def ap_defaultdict(self) -> Any:
        found = defaultdict(list)
        for row in self._base:
            found[row.name].append(row)
        return dict(found)  # L302 Leaks.ap_defaultdict

    def aq_out_param(self, into: list[Any]) -> None:
        into.extend(self._base)  # L302 Leaks.aq_out_param

    def ar_out_dict(self, into: dict[str, Any]) -> None:
        into["rows"] = self._base  # L302 Leaks.ar_out_dict

    def as_deque(self) -> Any:
        return deque(self._base, maxlen=2)  # L302 Leaks.as_deque

    def at_private(self, pk: int) -> Any:
        return self._one(pk)  # L302 Leaks.at_private

    def au_try(self, pk: int) -> Any:
        try:
            row = Patient.objects.get(pk=pk)
        except Patient.DoesNotExist:
            return None
        else:
            return row  # L302 Leaks.au_try

    def av_prefetch(self) -> Any:
        return Prefetch("visits", queryset=Visit.objects.all())  # L302 Leaks.av_prefetch

    def aw_raw(self) -> Any:
        return Patient.objects.raw("select * from clinic_patient")  # L302 Leaks.aw_raw

    def ax_bulk(self) -> Any:
        return Patient.objects.bulk_create([Patient(name="x")])  # L302 Leaks.ax_bulk

    def ay_dates(self) -> Any:
        return Patient.objects.dates("discharged_at", "day")  # L302 Leaks.ay_dates

    def az_map(self) -> Any:
        return list(map(self._one, [1, 2]))  # L302 Leaks.az_map

    def ba_filter(self) -> Any:
        return list(filter(None, self._base))  # L302 Leaks.ba_filter

    def bb_reduce(self) -> Any:
        return functools.reduce(operator.or_, [Patient.objects.none(), self._base])  # L302 Leaks.bb_reduce

    def bc_star(self) -> Any:
        return [*self._base]  # L302 Leaks.bc_star

    def bd_dictcomp(self) -> Any:
        return {row.pk: row for row in self._base}  # L302 Leaks.bd_dictcomp

    def be_groupby(self) -> Any:
        return [(k, list(g)) for k, g in itertools.groupby(self._base, key=lambda r: r.name)]  # L302 Leaks.be_groupby

    def bf_zip(self) -> Any:
        return zip([1], self._base)  # L302 Leaks.bf_zip

    def bg_or(self, pk: int) -> Any:
        return self._base.filter(pk=pk).first() or None  # L302 Leaks.bg_or

    def bh_query(self) -> Any:
        qs = self._base
        qs = qs.filter(pk=1)
        if True:
            qs = qs.order_by("pk")
        return qs  # L302 Leaks.bh_query

    def bi_getattr(self, pk: int) -> Any:
        return getattr(Patient, "objects").get(pk=pk)  # L302 Leaks.bi_getattr

    def bj_meta(self) -> Any:
        return Visit._meta.get_field("patient").related_model.objects.all()

    def bk_annotated_lie(self) -> list[dict[str, str]]:
        return self._base.all()  # L302 Leaks.bk_annotated_lie

    def bl_tuple_of_qs(self) -> Any:
        return (self._base.count(), self._base.all())  # L302 Leaks.bl_tuple_of_qs

    def ca_ann(self) -> QuerySet[Patient]:  # L301 Leaks.ca_ann
        return self._base

    def cb_ann_manager(self) -> "Manager[Patient]":  # L301 Leaks.cb_ann_manager
        return Patient.objects

    def cc_takes(self, patient: Patient) -> None:  # L303 Leaks.cc_takes
        patient.save()

    def cd_takes_list(self, rows: "list[Patient]") -> int:  # L303 Leaks.cd_takes_list
        return len(rows)

    def ce_request(self, request: HttpRequest) -> int:
        return 1

    def cf_untyped(self, pk):  # L306 Leaks.cf_untyped
        return 1

    def cg_no_return(self, pk: int):  # L306 Leaks.cg_no_return
        return Patient.objects.filter(pk=pk).count()

    def da_atomic(self) -> None:
        with transaction.atomic():  # L304 Leaks.da_atomic
            self._base.update(name="x")

    @tx  # L304 Leaks.db_decorated
    def db_decorated(self) -> None:
        self._base.update(name="x")

    def dc_savepoint(self) -> None:
        sid = transaction.savepoint()  # L304 Leaks.dc_savepoint
        transaction.savepoint_rollback(sid)  # L304 Leaks.dc_savepoint

    def dd_on_commit(self) -> None:
        transaction.on_commit(lambda: None)

    def _one(self, pk: int) -> Any:
        return self._base.get(pk=pk)


class Inherits(Leaks):
    def own(self, pk: int) -> Any:
        return super().a_get(pk)  # L302 Inherits.own


def module_level(pk: int) -> Any:
    return Patient.objects.get(pk=pk)  # L302 module_level


last_patients = Patient.objects.order_by("-pk")  # L302 clinic.repositories.orm.leaks
