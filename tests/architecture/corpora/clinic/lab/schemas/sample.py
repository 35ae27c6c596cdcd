from dataclasses import dataclass


@dataclass
class SampleOut:
    id: int
    code: str
    patient_id: int
