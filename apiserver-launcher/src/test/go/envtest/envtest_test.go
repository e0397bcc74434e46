// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0

package envtest

import (
	"context"
	"strings"
	"testing"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
)

// As long as a loaded machine may take; nothing waits when there is nothing to wait for.
const patience = 2 * time.Minute

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never came: %s", what)
		}
	}
}

// hook is what controller-gen writes for a validating webhook; envtest puts an address and an inline caBundle into it.
func hook() *admissionv1.ValidatingWebhookConfiguration {
	path, none, fail := "/validate-envtest-example-com-v1-widget", admissionv1.SideEffectClassNone, admissionv1.Fail
	return &admissionv1.ValidatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: "widgets"},
		Webhooks: []admissionv1.ValidatingWebhook{{
			Name: "widgets.envtest.example.com",
			ClientConfig: admissionv1.WebhookClientConfig{
				Service: &admissionv1.ServiceReference{Namespace: "system", Name: "webhook-service", Path: &path},
			},
			FailurePolicy:           &fail,
			SideEffects:             &none,
			AdmissionReviewVersions: []string{"v1"},
			Rules: []admissionv1.RuleWithOperations{{
				Operations: []admissionv1.OperationType{admissionv1.Create, admissionv1.Update},
				Rule: admissionv1.Rule{
					APIGroups: []string{groupVersion.Group}, APIVersions: []string{"v1"}, Resources: []string{"widgets"},
				},
			}},
		}},
	}
}

type warnings struct{ seen chan string }

func (w warnings) HandleWarningHeader(_ int, _ string, text string) { w.seen <- text }

func widget(name string, size int, color string) *Widget {
	return &Widget{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "default"},
		Spec:       WidgetSpec{Size: size, Color: color},
	}
}

func TestControllerRuntime(t *testing.T) {
	ctrl.SetLogger(zap.New(zap.WriteTo(t.Output())))
	scheme := runtime.NewScheme()
	must(t, clientgoscheme.AddToScheme(scheme))
	addToScheme(scheme)

	environment := &envtest.Environment{
		Scheme:                   scheme,
		CRDDirectoryPaths:        []string{"crds"},
		ErrorIfCRDPathMissing:    true,
		WebhookInstallOptions:    envtest.WebhookInstallOptions{ValidatingWebhooks: []*admissionv1.ValidatingWebhookConfiguration{hook()}},
		ControlPlaneStartTimeout: patience,
		ControlPlaneStopTimeout:  patience,
	}
	began := time.Now()
	config, err := environment.Start()
	must(t, err)
	t.Logf("envtest started in %s", time.Since(began).Round(time.Millisecond))
	stopped := false
	stop := func() error {
		if stopped {
			return nil
		}
		stopped = true
		return environment.Stop()
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})

	options := environment.WebhookInstallOptions
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:         scheme,
		Metrics:        metricsserver.Options{BindAddress: "0"},
		LeaderElection: true, LeaderElectionID: "widgets", LeaderElectionNamespace: "default",
		WebhookServer: webhook.NewServer(webhook.Options{
			Host: options.LocalServingHost, Port: options.LocalServingPort, CertDir: options.LocalServingCertDir,
		}),
	})
	must(t, err)
	reconciler := &reconciler{Client: manager.GetClient(), goodbyes: make(chan string, 10)}
	must(t, reconciler.setUp(manager))
	must(t, ctrl.NewWebhookManagedBy(manager, &Widget{}).WithValidator(judge{}).Complete())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- manager.Start(ctx) }()
	defer cancel()
	eventually(t, "the webhook's server", func() bool { return manager.GetWebhookServer().StartedChecker()(nil) == nil })

	told := warnings{make(chan string, 10)}
	own := rest.CopyConfig(config)
	own.WarningHandler = told
	api, err := client.New(own, client.Options{Scheme: scheme})
	must(t, err)

	t.Run("the schema refuses", func(t *testing.T) {
		err := api.Create(ctx, widget("wrong", 0, ""))
		if !apierrors.IsInvalid(err) || !strings.Contains(err.Error(), "spec.size in body should be greater than or equal to 1") {
			t.Fatal(err)
		}
	})
	t.Run("the rule refuses", func(t *testing.T) {
		err := api.Create(ctx, widget("large", 11, ""))
		if !apierrors.IsInvalid(err) || !strings.Contains(err.Error(), "that is too large") {
			t.Fatal(err)
		}
	})
	t.Run("the webhook refuses", func(t *testing.T) {
		err := api.Create(ctx, widget("loud", 1, "pink"))
		if !apierrors.IsForbidden(err) || !strings.Contains(err.Error(), "loud is pink") {
			t.Fatal(err)
		}
	})
	t.Run("the webhook warns", func(t *testing.T) {
		must(t, api.Create(ctx, widget("old", 1, "red"), client.DryRunAll))
		if text := <-told.seen; text != "red is going out of fashion" {
			t.Fatal(text)
		}
	})
	t.Run("a widget lives its life", func(t *testing.T) {
		one := widget("one", 3, "")
		must(t, api.Create(ctx, one))
		if one.Spec.Color != "grey" {
			t.Fatalf("no default: %+v", one.Spec)
		}
		key, kept := client.ObjectKeyFromObject(one), &corev1.ConfigMap{}
		ready := func() bool {
			return api.Get(ctx, key, one) == nil && one.Status.Ready && one.Status.ObservedGeneration == one.Generation
		}
		eventually(t, "the status", ready)
		must(t, api.Get(ctx, key, kept))
		if kept.Data["size"] != "3" || !metav1.IsControlledBy(kept, one) {
			t.Fatalf("%+v", kept)
		}
		changed := one.DeepCopyObject().(*Widget)
		changed.Spec.Size = 4
		must(t, api.Patch(ctx, changed, client.MergeFrom(one)))
		eventually(t, "the change", func() bool { return api.Get(ctx, key, kept) == nil && kept.Data["size"] == "4" })
		must(t, api.Delete(ctx, kept))
		eventually(t, "what was deleted comes again", func() bool {
			again := &corev1.ConfigMap{}
			return api.Get(ctx, key, again) == nil && again.UID != kept.UID
		})
		must(t, api.Delete(ctx, one))
		if name := <-reconciler.goodbyes; name != "one" {
			t.Fatal(name)
		}
		eventually(t, "the end", func() bool { return apierrors.IsNotFound(api.Get(ctx, key, one)) })
	})
	t.Run("a user without rights", func(t *testing.T) {
		user, err := environment.AddUser(envtest.User{Name: "eve", Groups: []string{"visitors"}}, nil)
		must(t, err)
		eves, err := client.New(user.Config(), client.Options{Scheme: scheme})
		must(t, err)
		err = eves.List(ctx, &WidgetList{})
		if !apierrors.IsForbidden(err) || !strings.Contains(err.Error(), `User "eve" cannot list resource "widgets"`) {
			t.Fatal(err)
		}
	})

	cancel()
	select {
	case err := <-ended:
		must(t, err)
	case <-time.After(patience):
		t.Fatal("the manager doesn't end")
	}
	began = time.Now()
	must(t, stop())
	t.Logf("envtest stopped in %s", time.Since(began).Round(time.Millisecond))
}
