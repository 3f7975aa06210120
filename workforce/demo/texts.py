"""Sentences from which invented people and roles speak. Each is in the language in which it would be written."""

SUMMARY = {
    "es": (
        "Tengo {years} años de experiencia como {title} y me gusta aprender cosas nuevas.",
        "Trabajé {years} años en maquila, los últimos como {title}. Soy puntual y trabajo bien en equipo.",
        "{title} con {years} años de práctica. Busco una planta estable, cerca de mi casa.",
        "Empecé en línea y fui subiendo hasta {title}. Llevo {years} años en esto.",
    ),
    "en": (
        "{title} with {years} years of experience. I like to learn and to teach others.",
        "I have worked {years} years in manufacturing; my trade: {title}. Reliable and safe.",
        "{title} with {years} years on the floor. Looking for a steady plant and room to grow.",
        "Started on the line and worked my way up to {title}. {years} years in the trade.",
    ),
}
DUTIES = {
    "es": (
        "Buscamos {title} para nuestra planta. El equipo ya conoce el proceso y te capacitamos en lo que falte.",
        "Por crecimiento contratamos {title}. Ofrecemos capacitación, uniforme y un lugar limpio para trabajar.",
        "Se solicita {title} con ganas de aprender. El puesto es de base y hay oportunidad de crecer.",
    ),
    "en": (
        "{title} needed. The team knows the process, and we train you on what is missing.",
        "We are growing. {title} wanted; training, tools and a clean place to work are provided.",
        "{title} wanted for a steady position with a clear path to grow.",
    ),
}
ANSWERS = {
    "es": "Gracias por tu interés. Nos comunicamos contigo esta semana.",
    "en": "Thank you for your interest. We will call you this week.",
}
