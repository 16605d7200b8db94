using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using MlKit.Aspire.Embedded.Runtime;
using Proto = MlKit.Dashboard.ResourceService;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>Turns snapshots and log lines into the messages of the resource service. Secrets leave without their values.</summary>
internal sealed class ResourceMessages(SecretVariables secrets)
{
    /// <summary>The message of a resource's state.</summary>
    public Proto.Resource Resource(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var message = new Proto.Resource
        {
            Id = change.ResourceId,
            Name = change.Resource.Name,
            Type = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            Health = snapshot.HealthStatus?.ToString() ?? "",
            IsHidden = snapshot.IsHidden,
            CreatedAt = Time(snapshot.CreationTimeStamp),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
        };
        if (snapshot.ExitCode is { } code)
        {
            message.ExitCode = code;
        }

        message.Urls.AddRange(snapshot.Urls.Select(Url));
        message.Environment.AddRange(snapshot.EnvironmentVariables.Select(v => Variable(change.ResourceId, v)));
        message.Properties.AddRange(snapshot.Properties.Select(Property));
        message.HealthReports.AddRange(snapshot.HealthReports.Select(Report));
        message.Relationships.AddRange(snapshot.Relationships.Select(r => new Proto.Relationship { ResourceName = r.ResourceName, Type = r.Type }));
        message.Commands.AddRange(snapshot.Commands.Where(c => c.Visibility.HasFlag(ResourceCommandVisibility.UI)).Select(Command));
        return message;
    }

    /// <summary>The message of a log line.</summary>
    public static Proto.LogLine Line(string resourceId, LogLine line) => new()
    {
        ResourceId = resourceId,
        Number = line.LineNumber,
        Content = line.Content,
        IsError = line.IsErrorMessage,
        At = Timestamp.FromDateTimeOffset(line.At),
    };

    private static Timestamp? Time(DateTime? time) => time is null ? null : Timestamp.FromDateTime(time.Value.ToUniversalTime());

    private static Proto.ResourceUrl Url(UrlSnapshot url) => new()
    {
        Name = url.Name ?? "",
        Url = url.Url,
        DisplayText = url.DisplayProperties.DisplayName,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
    };

    private static Proto.Property Property(ResourcePropertySnapshot property) => new()
    {
        Name = property.Name,
        Value = property.IsSensitive ? "" : Convert.ToString(property.Value, CultureInfo.InvariantCulture) ?? "",
        IsSecret = property.IsSensitive,
    };

    private static Proto.HealthReport Report(HealthReportSnapshot report) => new()
    {
        Name = report.Name,
        Status = report.Status?.ToString() ?? "",
        Description = report.Description ?? "",
        Exception = report.ExceptionText ?? "",
    };

    private static Proto.Command Command(ResourceCommandSnapshot command) => new()
    {
        Inputs = { command.Arguments.Select(CommandArguments.Message) },
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IsHighlighted = command.IsHighlighted,
        State = command.State.ToString(),
    };

    private Proto.EnvironmentVariable Variable(string id, EnvironmentVariableSnapshot variable)
    {
        var secret = secrets.Contains(id, variable.Name);
        return new Proto.EnvironmentVariable { Name = variable.Name, Value = secret ? "" : variable.Value ?? "", IsSecret = secret };
    }
}
