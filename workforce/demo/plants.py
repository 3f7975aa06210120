"""Ten invented plants of eight invented companies, and what each of them hires."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPlant:
    """A plant: whose, where, and which occupations work there."""

    company: str
    name: str
    zone: str
    park: str
    bus: bool
    occupations: tuple[str, ...]
    about_es: str
    about_en: str


PLANTS = (
    DemoPlant(
        "Arneses del Bravo",
        "Planta Salvárcar",
        "juarez-salvarcar",
        "rio-bravo",
        True,
        (
            "harness-assembler",
            "cutting-machine-operator-wire",
            "quality-inspector",
            "line-leader",
            "harness-engineer",
            "material-handler",
            "test-technician",
            "production-supervisor",
        ),
        "Hacemos arneses para camiones y maquinaria agrícola desde hace veinte años.",
        "We have built wire harnesses for trucks and farm machinery for twenty years.",
    ),
    DemoPlant(
        "Arneses del Bravo",
        "Planta Zaragoza",
        "juarez-zaragoza",
        "independencia",
        True,
        ("harness-assembler", "packer", "shipping-clerk", "maintenance-technician", "quality-technician", "trainer"),
        "",
        "",
    ),
    DemoPlant(
        "Paso Circuitos",
        "Planta Bermúdez",
        "juarez-bermudez",
        "bermudez",
        True,
        (
            "smt-operator",
            "maintenance-technician",
            "smt-technician",
            "electronics-assembler",
            "rework-technician",
            "test-technician",
            "quality-engineer",
            "automation-technician",
            "inventory-analyst",
            "it-technician",
        ),
        "Ensamblamos tarjetas electrónicas para equipos de medición y energía.",
        "We assemble circuit boards for measuring and power equipment.",
    ),
    DemoPlant(
        "Medivalle Dispositivos",
        "Planta Las Torres",
        "juarez-las-torres",
        "las-torres",
        True,
        (
            "medical-assembler",
            "quality-inspector",
            "validation-engineer",
            "maintenance-technician",
            "sterilization-technician",
            "moulding-technician",
            "lab-technician",
            "production-supervisor",
            "facility-technician",
        ),
        "Fabricamos catéteres y equipos de infusión en cuartos limpios.",
        "We make catheters and infusion sets in clean rooms.",
    ),
    DemoPlant(
        "Moldes Samalayuca",
        "Planta Aeropuerto",
        "juarez-aeropuerto",
        "aeropuerto",
        False,
        (
            "moulding-operator",
            "moulding-technician",
            "mould-maker",
            "toolmaker",
            "moulding-engineer",
            "material-handler",
            "forklift-operator",
            "maintenance-technician",
        ),
        "Moldeamos piezas de plástico para la industria automotriz.",
        "We mould plastic parts for the car industry.",
    ),
    DemoPlant(
        "Troqueles del Desierto",
        "Planta Henequén",
        "juarez-henequen",
        "henequen",
        True,
        (
            "stamping-operator",
            "toolmaker",
            "welder",
            "robot-welder",
            "maintenance-technician",
            "industrial-electrician",
            "sheet-metal-worker",
            "industrial-painter",
            "metal-fabricator",
            "safety-technician",
            "robot-technician",
        ),
        "Estampado, soldadura y pintura de piezas metálicas.",
        "Stamping, welding and painting of metal parts.",
    ),
    DemoPlant(
        "Border Precision Machining",
        "Butterfield Shop",
        "el-paso-butterfield",
        "butterfield-trail",
        False,
        (
            "cnc-machinist",
            "cnc-programmer",
            "conventional-machinist",
            "metrologist",
            "welder",
            "quality-inspector",
            "maintenance-technician",
        ),
        "Maquinados de precisión para la industria aeroespacial y petrolera.",
        "Precision machining for aerospace and oilfield customers.",
    ),
    DemoPlant(
        "Franklin Mountain Automation",
        "Northeast Works",
        "el-paso-northeast",
        "",
        False,
        (
            "automation-engineer",
            "automation-technician",
            "industrial-electrician",
            "robot-technician",
            "cad-drafter",
            "project-engineer",
            "design-engineer",
        ),
        "Diseñamos y armamos celdas automáticas para plantas de la frontera.",
        "We design and build automated cells for plants along the border.",
    ),
    DemoPlant(
        "Santa Teresa Logistics Works",
        "Crossing Warehouse",
        "santa-teresa",
        "santa-teresa-gateway",
        False,
        (
            "forklift-operator",
            "warehouse-clerk",
            "warehouse-supervisor",
            "truck-driver",
            "customs-analyst",
            "traffic-coordinator",
            "shipping-clerk",
            "inventory-analyst",
        ),
        "Almacén y cruce de mercancías entre México y Estados Unidos.",
        "Warehousing and cross-border freight between Mexico and the United States.",
    ),
    DemoPlant(
        "Medivalle Dispositivos",
        "Planta San Jerónimo",
        "juarez-san-jeronimo",
        "san-jeronimo",
        True,
        (
            "medical-assembler",
            "quality-technician",
            "packer",
            "warehouse-clerk",
            "buyer",
            "production-planner",
            "manufacturing-engineer",
            "ehs-engineer",
        ),
        "",
        "",
    ),
)
