namespace CleanSync.Domain.Appointments;

public sealed record AppointmentNotFound(Guid Id)
    : NotFound($"There is no appointment {Id}.");

public sealed record AppointmentIsCancelled(Guid Id)
    : Conflict($"Appointment {Id} is cancelled and cannot be changed. Book a new one.");

public sealed record EndIsNotAfterStart()
    : InvalidInput("The end must be later than the start.");

public sealed record IdempotencyKeyWasUsed(string Key)
    : Conflict($"The idempotency key '{Key}' was used for another request body. Send a new key with a new request.");
