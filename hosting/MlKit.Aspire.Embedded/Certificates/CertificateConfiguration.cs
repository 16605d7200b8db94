using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Certificates;

/// <summary>Tells a resource about the certificates that it trusts and serves with, when its environment is made.</summary>
internal static class CertificateConfiguration
{
    /// <summary>Installs the callback once; in publish mode certificates are the cluster's matter.</summary>
    public static void Install<T>(IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment, IResourceWithArgs
    {
        if (builder.ApplicationBuilder.ExecutionContext.IsRunMode && !builder.Resource.HasAnnotationOfType<InstalledAnnotation>())
        {
            var state = builder.ApplicationBuilder.Configuration[BuilderConfiguration.StatePathKey]!;
            var arguments = new List<object>();
            builder.WithAnnotation(new InstalledAnnotation());
            // The environment is asked for first; what a callback adds to the arguments is added to them then.
            builder.WithEnvironment(context =>
            {
                arguments.Clear();
                return ApplyAsync(context, arguments, new CertificateFiles(state, builder.Resource.Name));
            });
            builder.WithArgs(context => arguments.ForEach(context.Args.Add));
        }
    }

    private static async Task ApplyAsync(EnvironmentCallbackContext context, List<object> arguments, CertificateFiles files)
    {
        await TrustAsync(context, arguments, files).ConfigureAwait(false);
        await ServeAsync(context, arguments, files).ConfigureAwait(false);
    }

    private static async Task TrustAsync(EnvironmentCallbackContext context, List<object> arguments, CertificateFiles files)
    {
        var trust = context.Resource.Annotations.OfType<CertificateAuthorityCollectionAnnotation>().LastOrDefault();
        var scope = trust?.Scope ?? CertificateTrustScope.Append;
        var certificates = trust?.CertificateAuthorityCollections.SelectMany(c => c.Certificates).ToList() ?? [];
        if (trust?.TrustDeveloperCertificates == true && CertificateFiles.Developer(TimeProvider.System) is { } developer)
        {
            certificates.Add(developer);
        }

        if (scope == CertificateTrustScope.None || (certificates.Count == 0 && scope == CertificateTrustScope.Append))
        {
            return;
        }

        var (bundle, folder) = files.WriteTrusted(certificates, withSystem: scope != CertificateTrustScope.Override);
        context.EnvironmentVariables.TryAdd("SSL_CERT_FILE", bundle);
        var callbackContext = new CertificateTrustConfigurationCallbackAnnotationContext
        {
            ExecutionContext = context.ExecutionContext,
            Resource = context.Resource,
            Arguments = arguments,
            EnvironmentVariables = context.EnvironmentVariables,
            CertificateBundlePath = ReferenceExpression.Create($"{bundle}"),
            CertificateDirectoriesPath = ReferenceExpression.Create($"{folder}"),
            Scope = scope,
            CancellationToken = context.CancellationToken,
        };
        foreach (var annotation in context.Resource.Annotations.OfType<CertificateTrustConfigurationCallbackAnnotation>())
        {
            await annotation.Callback(callbackContext).ConfigureAwait(false);
        }
    }

    private static async Task ServeAsync(EnvironmentCallbackContext context, List<object> arguments, CertificateFiles files)
    {
        if (CertificateOf(context.Resource) is not { } certificate)
        {
            return;
        }

        var password = context.Resource.Annotations.OfType<HttpsCertificateAnnotation>().Last().Password;
        var text = password is null ? null : await password.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
        var (cert, key, pfx) = files.WriteServer(certificate, text, context.Resource.Name);
        if (context.Resource.HasAnnotationOfType<IProjectMetadata>())
        {
            context.EnvironmentVariables["Kestrel__Certificates__Default__Path"] = pfx;
            if (password is not null)
            {
                context.EnvironmentVariables["Kestrel__Certificates__Default__Password"] = password;
            }
        }

        var callbackContext = new HttpsCertificateConfigurationCallbackAnnotationContext
        {
            ExecutionContext = context.ExecutionContext,
            Resource = context.Resource,
            Arguments = arguments,
            EnvironmentVariables = context.EnvironmentVariables,
            CertificatePath = ReferenceExpression.Create($"{cert}"),
            KeyPath = ReferenceExpression.Create($"{key}"),
            PfxPath = ReferenceExpression.Create($"{pfx}"),
            Password = password,
            CancellationToken = context.CancellationToken,
        };
        foreach (var annotation in context.Resource.Annotations.OfType<HttpsCertificateConfigurationCallbackAnnotation>())
        {
            await annotation.Callback(callbackContext).ConfigureAwait(false);
        }
    }

    /// <summary>The certificate that a resource serves with, or null where it was given none.</summary>
    public static X509Certificate2? CertificateOf(IResource resource) => resource.Annotations.OfType<HttpsCertificateAnnotation>().LastOrDefault() switch
    {
        { Certificate: { } own } => own,
        { UseDeveloperCertificate: true } => CertificateFiles.Developer(TimeProvider.System)
            ?? throw new DistributedApplicationException($"'{resource.Name}' serves https with the developer certificate, and there is none; make it with: dotnet dev-certs https"),
        _ => null,
    };

    private sealed class InstalledAnnotation : IResourceAnnotation;
}
