"""CVs of people who do not exist, as technicians of the border write them."""

MAINTENANCE = """Ramiro Inventado Prueba
Técnico de mantenimiento industrial
Tel. 656 000 0000 · ramiro@example.test · Ciudad Juárez, Chih.

PERFIL
Técnico con 8 años de experiencia en mantenimiento preventivo y correctivo en maquiladora.

EXPERIENCIA LABORAL

Manufacturas Inventadas del Norte, S.A. de C.V.
Técnico de mantenimiento industrial
Marzo 2019 - Actual
• Mantenimiento preventivo y correctivo a prensas de inyección.
• Programación de PLC Allen-Bradley, nivel avanzado, 5 años.
• Diagnóstico de fallas eléctricas y lectura de planos.

Taller Ficticio Hermanos
Ayudante de electricista
Enero 2016 - Febrero 2019
• Instalaciones eléctricas industriales.
• Soldadura MIG básica.

ESCOLARIDAD
TSU en Mecatrónica, Universidad Inventada de la Frontera, 2013 - 2015

CURSOS Y CERTIFICADOS
DC-3 Operación de montacargas, 15/03/2024, folio MC-0042

IDIOMAS
Español (nativo)
Inglés: intermedio (B1)

HABILIDADES
• Hidráulica y neumática
• 5S
• Sin experiencia en robótica

REFERENCIAS
Ing. Prueba Ficticia, gerente de soldadura TIG, 656 111 1111
"""

WELDER_EN = """Ana Sample Example
El Paso, TX | ana@example.test

SUMMARY
Welder with 6 years of experience in MIG welding.

WORK EXPERIENCE
MIG Welder | Invented Steel Works LLC | 06/2020 - Present
- MIG welding of frames, blueprint reading.
Forklift operator | Made-up Logistics Inc. | 2017 - 2020
- Forklift operation on two shifts.

EDUCATION
High School Diploma, Invented High School, 2016

LANGUAGES
English (native), Spanish (intermediate)
"""
