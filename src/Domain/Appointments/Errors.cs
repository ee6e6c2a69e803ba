namespace CleanSync.Domain.Appointments;

public sealed record AppointmentNotFound(Guid Id)
    : NotFound($"There is no appointment {Id}.");

public sealed record AppointmentIsCancelled(Guid Id)
    : Conflict($"Appointment {Id} is cancelled and cannot be changed. Book a new one.");

public sealed record EndIsNotAfterStart()
    : InvalidInput("The end must be later than the start.");

public sealed record IdempotencyKeyWasUsed(string Key)
    : Conflict($"The idempotency key '{Key}' was used for another request body. Send a new key with a new request.");

public sealed record RemovalNotFound(Guid Id)
    : NotFound($"There is no removal {Id}, or it happened more than 30 days ago.");

public sealed record RemovalIsPast()
    : Conflict("What was removed is over by now, so there is nothing to restore.");

public sealed record TimeIsTaken(string StaffId)
    : Conflict($"Something else takes this time of staff member '{StaffId}' by now. Send evenIfBusy to restore the appointment all the same, or book it at another time.");

public sealed record AppointmentIsErased(Guid Id)
    : Conflict($"The client's data of appointment {Id} were erased, so it cannot be changed any more. "
        + "It can be cancelled; book a new one for anything else.");

public sealed record BookingWasErased(string Key)
    : Conflict($"The booking that was made with the idempotency key '{Key}' was erased, or its retention has ended. "
        + "Nothing is booked again: send a new key if a new booking is meant.");
