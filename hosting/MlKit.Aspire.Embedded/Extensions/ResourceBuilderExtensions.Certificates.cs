using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Certificates;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Makes the resource trust certificates.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="certificateAuthorityCollection">The certificates.</param>
    public static IResourceBuilder<TResource> WithCertificateAuthorityCollection<TResource>(this IResourceBuilder<TResource> builder, IResourceBuilder<CertificateAuthorityCollection> certificateAuthorityCollection)
        where TResource : IResourceWithEnvironment, IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(certificateAuthorityCollection);
        return builder.Trust(trust => trust.CertificateAuthorityCollections.Add(certificateAuthorityCollection.Resource));
    }

    /// <summary>Says how the resource is told about the certificates that it trusts, beside <c>SSL_CERT_FILE</c>.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Sets variables or arguments.</param>
    public static IResourceBuilder<TResource> WithCertificateTrustConfiguration<TResource>(this IResourceBuilder<TResource> builder, Func<CertificateTrustConfigurationCallbackAnnotationContext, Task> callback)
        where TResource : IResourceWithArgs, IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        CertificateConfiguration.Install(builder);
        return builder.WithAnnotation(new CertificateTrustConfigurationCallbackAnnotation(callback));
    }

    /// <summary>Says how added certificates and those that the resource trusts anyway go together.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="scope">How.</param>
    public static IResourceBuilder<TResource> WithCertificateTrustScope<TResource>(this IResourceBuilder<TResource> builder, CertificateTrustScope scope)
        where TResource : IResourceWithEnvironment, IResourceWithArgs => builder.Trust(trust => trust.Scope = scope);

    /// <summary>Says whether the resource trusts the developer certificate.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="trust">Whether it does.</param>
    public static IResourceBuilder<TResource> WithDeveloperCertificateTrust<TResource>(this IResourceBuilder<TResource> builder, bool trust)
        where TResource : IResourceWithEnvironment, IResourceWithArgs => builder.Trust(annotation => annotation.TrustDeveloperCertificates = trust);

    /// <summary>Makes the resource serve https with a certificate.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="certificate">The certificate with its key.</param>
    /// <param name="password">The password of the files that hold the key.</param>
    [Experimental("ASPIRECERTIFICATES001")]
    public static IResourceBuilder<TResource> WithHttpsCertificate<TResource>(this IResourceBuilder<TResource> builder, X509Certificate2 certificate, IResourceBuilder<ParameterResource>? password = null)
        where TResource : IResourceWithEnvironment, IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.HasPrivateKey
            ? builder.Serve(new HttpsCertificateAnnotation { Certificate = certificate, Password = password?.Resource })
            : throw new ArgumentException("The certificate has no private key.", nameof(certificate));
    }

    /// <summary>Makes the resource serve https with the developer certificate.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="password">The password of the files that hold the key.</param>
    [Experimental("ASPIRECERTIFICATES001")]
    public static IResourceBuilder<TResource> WithHttpsDeveloperCertificate<TResource>(this IResourceBuilder<TResource> builder, IResourceBuilder<ParameterResource>? password = null)
        where TResource : IResourceWithEnvironment, IResourceWithArgs =>
        builder.Serve(new HttpsCertificateAnnotation { UseDeveloperCertificate = true, Password = password?.Resource });

    /// <summary>Takes back what was said about the certificate that the resource serves https with.</summary>
    /// <param name="builder">The resource.</param>
    [Experimental("ASPIRECERTIFICATES001")]
    public static IResourceBuilder<TResource> WithoutHttpsCertificate<TResource>(this IResourceBuilder<TResource> builder)
        where TResource : IResourceWithEnvironment, IResourceWithArgs => builder.Serve(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });

    /// <summary>Says how the resource is told about the certificate that it serves https with.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Sets variables or arguments.</param>
    [Experimental("ASPIRECERTIFICATES001")]
    public static IResourceBuilder<TResource> WithHttpsCertificateConfiguration<TResource>(this IResourceBuilder<TResource> builder, Func<HttpsCertificateConfigurationCallbackAnnotationContext, Task> callback)
        where TResource : IResourceWithEnvironment, IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(builder);
        CertificateConfiguration.Install(builder);
        return builder.WithAnnotation(new HttpsCertificateConfigurationCallbackAnnotation(callback), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Is called before the start of the application where the resource has a certificate to serve https with.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes endpoints, for example.</param>
    [Experimental("ASPIRECERTIFICATES001")]
    public static IResourceBuilder<TResource> SubscribeHttpsEndpointsUpdate<TResource>(this IResourceBuilder<TResource> builder, Action<HttpsEndpointUpdateCallbackContext> callback)
        where TResource : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        builder.ApplicationBuilder.OnBeforeStart((started, cancellationToken) =>
        {
            if (CertificateConfiguration.CertificateOf(builder.Resource) is not null)
            {
                callback(new HttpsEndpointUpdateCallbackContext
                {
                    Services = started.Services,
                    Resource = builder.Resource,
                    Model = started.Model,
                    CancellationToken = cancellationToken,
                });
            }

            return Task.CompletedTask;
        });
        return builder;
    }

    private static IResourceBuilder<T> Trust<T>(this IResourceBuilder<T> builder, Action<CertificateAuthorityCollectionAnnotation> change)
        where T : IResourceWithEnvironment, IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(builder);
        CertificateConfiguration.Install(builder);
        if (!builder.Resource.TryGetLastAnnotation<CertificateAuthorityCollectionAnnotation>(out var annotation))
        {
            annotation = new CertificateAuthorityCollectionAnnotation();
            builder.WithAnnotation(annotation);
        }

        change(annotation);
        return builder;
    }

    private static IResourceBuilder<T> Serve<T>(this IResourceBuilder<T> builder, HttpsCertificateAnnotation annotation)
        where T : IResourceWithEnvironment, IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(builder);
        CertificateConfiguration.Install(builder);
        return builder.WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace);
    }
}
