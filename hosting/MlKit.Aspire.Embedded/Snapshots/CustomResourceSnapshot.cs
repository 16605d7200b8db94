using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of a resource at one moment.</summary>
public sealed record class CustomResourceSnapshot
{
    private ImmutableArray<HealthReportSnapshot> _healthReports = [];
    private ResourceStateSnapshot? _state;

    /// <summary>What is shown as the kind of the resource.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Properties that are shown in the details.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it was created.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it was last started.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it last stopped.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>The state, one of <see cref="KnownResourceStates"/> or a text of the author's.</summary>
    public ResourceStateSnapshot? State
    {
        get => _state;
        init
        {
            _state = value;
            HealthStatus = ComputeHealth(_healthReports, value?.Text);
        }
    }

    /// <summary>The exit code, once it ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Null unless it is running; healthy where it has no checks; else the worst report, one not taken yet counting as unhealthy.
    /// </summary>
    public HealthStatus? HealthStatus { get; private init; }

    /// <summary>The last answer of each health check.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports
    {
        get => _healthReports;
        internal init
        {
            _healthReports = value.IsDefault ? [] : value;
            HealthStatus = ComputeHealth(_healthReports, _state?.Text);
        }
    }

    /// <summary>The environment that it runs with.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>What is mounted into it.</summary>
    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    /// <summary>The commands it offers.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>Its relations to others.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Whether it is out of sight.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The icon that it is shown with.</summary>
    public string? IconName { get; init; }

    /// <summary>Filled or regular.</summary>
    public IconVariant? IconVariant { get; init; }

    internal static HealthStatus? ComputeHealth(ImmutableArray<HealthReportSnapshot> reports, string? state)
    {
        if (state != KnownResourceStates.Running)
        {
            return null;
        }

        return reports.IsDefaultOrEmpty
            ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            : reports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
    }
}

/// <summary>A state of a resource.</summary>
/// <param name="Text">The state, one of <see cref="KnownResourceStates"/> or a text of the author's.</param>
/// <param name="Style">One of <see cref="KnownResourceStateStyles"/>, or null.</param>
public sealed record class ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style.</summary>
    /// <param name="s">The text.</param>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}
