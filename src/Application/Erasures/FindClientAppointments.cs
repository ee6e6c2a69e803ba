using CleanSync.Domain.Appointments;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Erasures;

/// <summary>
/// The appointments of a client, whatever their status; nothing is changed. What is searched for is stored and logged nowhere.
/// </summary>
/// <param name="Name">Every word has to be in the client's name, whatever the case and accents of either.</param>
/// <param name="Phone">The digits count, with or without those of the country.</param>
/// <param name="Email">All of it counts, whatever its case.</param>
public sealed record FindClientAppointments(string? Name, string? Phone, string? Email) : IRequest<FoundAppointments>
{
    public const int MostFound = 1000;

    public ClientSearch Search => new(Name, Phone, Email);

    /// <summary>Never what is searched for: it must not reach a log by way of a record.</summary>
    public override string ToString() => nameof(FindClientAppointments);

    internal sealed class Validator : AbstractValidator<FindClientAppointments>
    {
        public Validator()
        {
            RuleFor(q => q.Name).Must((q, _) => !q.Search.IsEmpty).OverridePropertyName("name")
                .WithMessage("Give the client's name, phone number or e-mail address, or several of them; what is found fits all.");
            RuleFor(q => q.Name).MaximumLength(200).OverridePropertyName("name").WithMessage("Expected at most 200 characters.").OneLine();
            RuleFor(q => q.Phone).Must((q, _) => q.Search.IsEmpty || !q.Search.HasPhoneWithoutDigits).OverridePropertyName("phone")
                .WithMessage("Expected at least one digit, or no phone number at all.");
            RuleFor(q => q.Phone).MaximumLength(200)
                .OverridePropertyName("phone")
                .WithMessage("Expected at most 200 characters.")
                .OneLine();
            RuleFor(q => q.Email).MaximumLength(320)
                .OverridePropertyName("email")
                .WithMessage("Expected at most 320 characters.")
                .OneLine();
        }
    }
}

/// <summary>What a search for a client found. It says nothing of the client.</summary>
/// <param name="Appointments">In the order of their times, at most 1,000. Their ids are what an erasure takes.</param>
/// <param name="HasMore">There are more than these: erase them, then search again.</param>
public sealed record FoundAppointments(IReadOnlyList<FoundAppointment> Appointments, bool HasMore);

/// <param name="IsStillToCome">It is booked and not over yet: an erasure has to cancel it first.</param>
public sealed record FoundAppointment(
    Guid Id,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsAllDay,
    IReadOnlyList<string> StaffIds,
    AppointmentStatus Status,
    bool IsStillToCome);
