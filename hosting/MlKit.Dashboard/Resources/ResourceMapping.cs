using Google.Protobuf.WellKnownTypes;
using MlKit.Dashboard.ResourceService;

namespace MlKit.Dashboard.Resources;

/// <summary>Turns the host's messages into what pages show.</summary>
internal static class ResourceMapping
{
    private const string Hidden = "Hidden";

    /// <summary>The state that a message describes. The display name is settled by <see cref="ResourceStore"/>.</summary>
    public static ResourceSnapshot ToSnapshot(Resource resource) => new()
    {
        Id = resource.Id,
        Name = resource.Name,
        DisplayName = resource.Name,
        Type = resource.Type,
        State = resource.State,
        StateStyle = resource.StateStyle,
        Health = resource.Health,
        IsHidden = resource.IsHidden || resource.State == Hidden,
        ExitCode = resource.HasExitCode ? resource.ExitCode : null,
        CreatedAt = Time(resource.CreatedAt),
        StartedAt = Time(resource.StartedAt),
        StoppedAt = Time(resource.StoppedAt),
        Links = [.. resource.Urls.Select(url => new ResourceLink(url.Name, url.Url, url.DisplayText, url.IsInternal, url.IsInactive))],
        Environment = [.. resource.Environment.OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase).Select(item => Value(item.Name, item.Value, item.IsSecret))],
        Properties = [.. resource.Properties.Select(item => Value(item.Name, item.Value, item.IsSecret))],
        HealthReports = [.. resource.HealthReports.Select(report => new ResourceHealth(report.Name, report.Status, report.Description, report.Exception))],
        Relations = [.. resource.Relationships.Select(relation => new ResourceRelation(relation.ResourceName, relation.Type))],
        Commands = [.. resource.Commands.Where(command => command.State != Hidden).Select(ToCommand)],
    };

    /// <summary>A console line.</summary>
    public static ConsoleLine ToLine(LogLine line, TimeProvider time) =>
        new(line.ResourceId, line.Number, line.Content, line.IsError, line.At?.ToDateTimeOffset() ?? time.GetUtcNow());

    // The host does not send secret values; one that came all the same goes no further.
    private static ResourceValue Value(string name, string value, bool isSecret) => new(name, isSecret ? "" : value, isSecret);

    private static ResourceCommand ToCommand(Command command) => new(
        command.Name,
        command.DisplayName.Length > 0 ? command.DisplayName : command.Name,
        command.DisplayDescription,
        command.ConfirmationMessage,
        command.IconName,
        command.IsHighlighted,
        command.State != "Disabled",
        [.. command.Inputs.Select(ToInput)]);

    /// <summary>Something that a command asks for.</summary>
    public static CommandInput ToInput(ResourceService.CommandInput input) => new(
        input.Name,
        input.Type,
        input.Label.Length > 0 ? input.Label : input.Name,
        input.Description,
        input.Placeholder,
        input.Value,
        input.Required,
        input.Disabled,
        input.HasMaxLength ? input.MaxLength : null,
        [.. input.Choices.Select(choice => new KeyValuePair<string, string>(choice.Value, choice.Label.Length > 0 ? choice.Label : choice.Value))],
        input.AllowCustomChoice,
        input.IsDynamic);

    private static DateTimeOffset? Time(Timestamp? time) => time?.ToDateTimeOffset();
}
