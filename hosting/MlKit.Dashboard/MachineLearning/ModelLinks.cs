using MlKit.Dashboard.Resources;

namespace MlKit.Dashboard.MachineLearning;

/// <summary>Where the tracking server shows the model of a span and the run that trained it.</summary>
internal sealed class ModelLinks(ResourceStore resources)
{
    private const string TrackingName = "mlflow";
    private static readonly string[] AddressKeys = ["services__mlflow__http__0", "services__mlflow__https__0", "MLFLOW_TRACKING_URI"];

    /// <summary>The model version's page (the model's where no version is known); null without a tracking server.</summary>
    public string? Model(string service, ServedModel model) => Tracking(service) is not { } tracking ? null
        : $"{tracking}/#/models/{Uri.EscapeDataString(model.Name)}{(model.Version.Length > 0 ? $"/versions/{Uri.EscapeDataString(model.Version)}" : "")}";

    /// <summary>Leads to the training run, which the tracking server is asked for when it is followed; null where nothing names the run.</summary>
    public string? TrainingRun(string service, ServedModel model) =>
        Tracking(service) is null || (model.RunId.Length == 0 && model.Version.Length == 0) ? null
        : $"{MlflowRedirects.Path}?service={Uri.EscapeDataString(service)}&model={Uri.EscapeDataString(model.Name)}"
            + $"&version={Uri.EscapeDataString(model.Version)}&run={Uri.EscapeDataString(model.RunId)}";

    /// <summary>The tracking server that a service was given by its environment, or else the resource of that name.</summary>
    public string? Tracking(string service)
    {
        var all = resources.All;
        var given = all.Where(resource => resource.Name == service)
            .SelectMany(resource => resource.Environment)
            .Where(variable => AddressKeys.Contains(variable.Name))
            .Select(variable => variable.Value);
        var named = all.Where(resource => resource.Name == TrackingName).SelectMany(resource => resource.Links).Select(link => link.Url);
        return given.Concat(named).FirstOrDefault(IsWeb)?.TrimEnd('/');
    }

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
