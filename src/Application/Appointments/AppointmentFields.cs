using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;

namespace CleanSync.Application.Appointments;

/// <summary>What each field of an appointment may be, said once for every command that carries it.</summary>
internal static class AppointmentFields
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5 * 365);

    public static IRuleBuilderOptions<T, string?> IsTitle<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(Text.UpTo(Appointment.MaxTitleLength)).OverridePropertyName("title")
        .WithMessage("Expected the booked service's name, 1 to 255 characters.")
        .OneLine();

    public static IRuleBuilderOptions<T, string?> IsLocation<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(255).OverridePropertyName("location").WithMessage("Expected at most 255 characters.").OneLine();

    public static IRuleBuilderOptions<T, string?> IsNotes<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(20_000).OverridePropertyName("notes").WithMessage("Expected at most 20,000 characters.").Lines();

    public static IRuleBuilderOptions<T, Client?> IsClient<T>(this IRuleBuilder<T, Client?> rule) =>
        rule.SetValidator(new ClientValidator()!);

    public static IRuleBuilderOptions<T, string?> IsZone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(id => CalendarZone.Find(id) is not null)
        .OverridePropertyName("timeZone")
        .WithMessage("Expected an IANA or Windows time zone id, such as Europe/Berlin.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> IsStaff<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .NotEmpty().OverridePropertyName("staffIds").WithMessage("Expected at least one staff member.")
        .Must(ids => ids is null || ids.Count <= StaffIds.MostOfOneAppointment)
        .OverridePropertyName("staffIds")
        .WithMessage("Expected at most 50 staff members.")
        .Must(ids => ids is null || ids.All(StaffIds.IsValid)).OverridePropertyName("staffIds").WithMessage(StaffIds.Expected)
        .Must(ids => ids is null || ids.Distinct(StringComparer.Ordinal).Count() == ids.Count)
        .OverridePropertyName("staffIds")
        .WithMessage("Each staff member can be named once.")
        .EachOneLine();

    /// <summary>Compared as they are stored: to the second.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset> IsEndOf<T>(
        this IRuleBuilder<T, DateTimeOffset> rule, Func<T, DateTimeOffset> start) => rule
        .Must((command, end) => EventTimes.WholeSeconds(end) > EventTimes.WholeSeconds(start(command)))
        .OverridePropertyName("end").WithMessage("The end must be later than the start, by a whole second at least.")
        .Must((command, end) => EventTimes.WholeSeconds(end) - EventTimes.WholeSeconds(start(command)) <= Longest)
        .OverridePropertyName("end").WithMessage("Exchange keeps events of at most five years.");

    private sealed class ClientValidator : AbstractValidator<Client>
    {
        public ClientValidator()
        {
            RuleFor(c => c.Name).Must(Text.UpTo(200)).WithMessage("Expected the client's name, 1 to 200 characters.").OneLine();
            RuleFor(c => c.Phone).OneLine();
            RuleFor(c => c.Email).OneLine();
        }
    }
}
