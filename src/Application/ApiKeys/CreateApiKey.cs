using System.Security.Cryptography;
using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ApiKeys;

/// <summary>Makes an API key. The answer is the only place where the key ever stands.</summary>
/// <param name="StaffId">Whose calendar it opens; only for the role staff, and required there.</param>
/// <param name="ExpiresAt">Null for a key without an end.</param>
public sealed record CreateApiKey(
    string Name,
    Role Role,
    string? StaffId,
    DateTimeOffset? ExpiresAt) : IRequest<Result<IssuedApiKey>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.New("api-key");

    AuditSubject IAdminAction.SubjectOf(object made) =>
        AuditSubject.Of("api-key", ((IssuedApiKey)made).ApiKey.Id, new GetApiKey(((IssuedApiKey)made).ApiKey.Id));

    internal sealed class Validator : AbstractValidator<CreateApiKey>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.Name).Must(Text.UpTo(100))
                .OverridePropertyName("name")
                .WithMessage("Expected a name that says whose key it is, 1 to 100 characters.")
                .OneLine();
            RuleFor(c => c.Role).IsInEnum().OverridePropertyName("role");
            RuleFor(c => c.StaffId).Must(StaffIds.IsValid).When(c => c.Role is Role.Staff)
                .OverridePropertyName("staffId").WithMessage($"A key of the role staff names its staff member. {StaffIds.Expected}");
            RuleFor(c => c.StaffId).Null().When(c => c.Role is not Role.Staff)
                .OverridePropertyName("staffId").WithMessage("Only a key of the role staff names a staff member.");
            RuleFor(c => c.StaffId).OneLine().OverridePropertyName("staffId");
            RuleFor(c => c.ExpiresAt).Must(at => at is null || at > time.GetUtcNow())
                .OverridePropertyName("expiresAt")
                .WithMessage("Expected a time that is still to come, or nothing for a key without an end.");
        }
    }

    internal sealed class Handler(
        IApiKeyRepository keys,
        INewIds ids,
        TimeProvider time) : IRequestHandler<CreateApiKey, Result<IssuedApiKey>>
    {
        public async Task<Result<IssuedApiKey>> Handle(CreateApiKey command, CancellationToken ct)
        {
            var text = KeyText.Of(RandomNumberGenerator.GetBytes(KeyText.RandomLength));
            var key = new ApiKey
            {
                Id = ids.Next(),
                Lookup = text.Lookup,
                Hash = text.Hash,
                Name = command.Name,
                Role = command.Role,
                StaffId = command.StaffId,
                CreatedAt = time.GetUtcNow(),
                ExpiresAt = command.ExpiresAt?.ToUniversalTime(),
            };
            var saved = await keys.Save(key, ct);
            return saved.Refusal is { } refusal ? refusal : new IssuedApiKey(text.Text, ApiKeyView.Of(key, key.CreatedAt));
        }
    }
}

/// <param name="Key">The key. It is shown here and never again: keep it where secrets are kept.</param>
public sealed record IssuedApiKey(string Key, ApiKeyView ApiKey)
{
    /// <summary>A record would print its members, the key among them.</summary>
    public override string ToString() => $"{nameof(IssuedApiKey)} {ApiKey.Prefix}";
}
