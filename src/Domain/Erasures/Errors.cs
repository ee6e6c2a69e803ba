namespace CleanSync.Domain.Erasures;

public sealed record ErasureNotFound(Guid Id)
    : NotFound($"There is no erasure {Id}, or its report's retention has ended.");

public sealed record AppointmentsAreStillToCome(int Count, string Ids)
    : Conflict($"{Count} of the appointments are still to come: {Ids}. Nothing was erased. "
        + "Send cancelFuture: true to have them cancelled first "
        + "(a staff member is taken off those that others take as well), or wait until they are over.");
